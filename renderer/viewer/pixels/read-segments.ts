import type { SegmentationToRead } from '../others/read-segmentation.ts';
import type { DecodePool } from './decode-pool.ts';
import { readSeriesStream } from './series-stream.ts';

/** Behind every image anybody may look at. */
const LAST = 1e15;

export interface SegmentPorts {
  readonly pool: DecodePool;
  /** `signal` is aborted when nothing more is read from it. */
  readonly openStream: (segmentation: SegmentationToRead, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  readonly signal: AbortSignal;
  /** Outlines of a further object are there, or why they are not. */
  readonly onRead: () => void;
}

/** The outlines of segmentations, decoded and traced by the workers, one series after the other. Resolves when all that can be had is there. */
export async function readSegments(all: readonly SegmentationToRead[], ports: SegmentPorts): Promise<void> {
  const bySeries = Map.groupBy(all, ({ seriesInstanceUid }) => seriesInstanceUid);
  for (const ofSeries of bySeries.values()) {
    if (ports.signal.aborted) return;
    await readSeries(ofSeries, ports).catch(() => undefined);
    if (!ports.signal.aborted) ports.onRead();
  }
}

async function readSeries(ofSeries: readonly SegmentationToRead[], ports: SegmentPorts): Promise<void> {
  const [first] = ofSeries;
  if (!first) return;
  const done = new AbortController();
  try {
    await readFrames(ofSeries, first, { ...ports, signal: AbortSignal.any([ports.signal, done.signal]) });
  } finally {
    done.abort();
  }
}

async function readFrames(
  ofSeries: readonly SegmentationToRead[],
  first: SegmentationToRead,
  { pool, signal, openStream }: SegmentPorts,
): Promise<void> {
  for await (const { header, payload } of readSeriesStream(await openStream(first, signal))) {
    if (signal.aborted) return;
    const segmentation = ofSeries.find(({ sopInstanceUid }) => sopInstanceUid === header.sopInstanceUid);
    if (header.frame === 0 || !segmentation?.isWanted(header.frame)) continue;
    if (header.problem !== undefined) {
      segmentation.fill(header.frame, undefined);
      continue;
    }
    const outcome = await pool.decode({
      payload,
      description: header.description,
      conversion: {
        palette: undefined,
        modalityLut: undefined,
        paddingValue: undefined,
        hasAlpha: false,
        regionFrom: segmentation.least,
      },
      isGivenAway: true,
      rank: () => (signal.aborted ? undefined : LAST),
    });
    segmentation.fill(header.frame, outcome.ok ? outcome.image.outlines : undefined);
  }
}
