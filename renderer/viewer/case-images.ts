import { decodePool } from './decoding.ts';
import { loadStudy, type StudyToShow } from './load-studies.ts';
import { allHangings } from './hangings.ts';
import { hangFirst, isHung } from './model/hanging.ts';
import type { ImageFacts } from './model/image-facts.ts';
import type { ImageSeries, Series } from './model/series.ts';
import { AHEAD_RANK, createImageBank, type ImageMemory } from './pixels/image-bank.ts';
import type { Claim } from './pixels/request-places.ts';
import type { FrameSlot } from './pixels/series-feed.ts';
import type { DisplayImage } from './pixels/worker-messages.ts';
import { requestPlaces } from './requests.ts';
import { drawThumbnail } from './thumbnail.ts';

const RETRY_PAUSE_MS = 400;
export interface CaseImagesListener {
  readonly onDecoded: (series: ImageSeries) => void;
  readonly onPreview: (facts: ImageFacts, display: DisplayImage) => void;
  readonly onFed: () => void;
  readonly onProblem: (message: string) => void;
  readonly onNotice: (series: ImageSeries, notice: string | undefined) => void;
}

export interface CaseToLoad {
  readonly contextKey: string;
  readonly studies: readonly StudyToShow[];
}

export type CaseImages = ReturnType<typeof createCaseImages>;

/** The frames of a series, as the door gives them. */
export async function openStream(
  series: Pick<ImageSeries, 'studyInstanceUid' | 'seriesInstanceUid'>,
  from: number,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const path = `/pixels/${encodeURIComponent(series.studyInstanceUid)}/${encodeURIComponent(series.seriesInstanceUid)}`;
  const response = await fetch(`${path}?from=${from}`, { signal });
  if (!response.ok || !response.body) throw new Error(`the images were not given (HTTP ${response.status})`);
  return response.body;
}

/** Series and frames of one case, on screen or ahead of it. Nothing here draws, and nothing outlives `close`. */
export function createCaseImages({ contextKey, studies }: CaseToLoad, memory: ImageMemory) {
  const thumbnails: Record<string, ImageData> = {};
  const problems: string[] = [];
  let listener: CaseImagesListener | undefined;
  let currentSeries: readonly Series[] | undefined;
  let allSeries: readonly Series[] | undefined;
  /** What the first hanging shows, once it is being made ready. */
  let firstHanging: readonly ImageSeries[] | undefined;
  let isLookedAt = false;
  let hasFailed = false;
  let isClosed = false;

  const complain = (message: string) => {
    if (listener) listener.onProblem(message);
    else problems.push(message);
  };

  const bank = createImageBank({
    pool: decodePool(),
    memory,
    places: requestPlaces,
    openStream,
    pause: (attempt) => new Promise((resolve) => setTimeout(resolve, attempt * RETRY_PAUSE_MS)),
    isAhead: () => listener === undefined,
    onDecoded: (series, slot, display) => {
      if (display) thumbnails[series.key] ??= drawThumbnail(slot.facts, display);
      if (listener) listener.onDecoded(series);
      else tellWhenReady();
    },
    onPreview: (facts, display) => listener?.onPreview(facts, display),
    onFailed: (_series, reason) => {
      complain(reason);
      listener?.onFed();
    },
    onFed: () => listener?.onFed(),
    onNotice: (series, notice) => listener?.onNotice(series, notice),
  });

  function tellWhenReady(): void {
    const isReady = firstHanging?.every((one) => bank.isReadyAround(one)) === true;
    const [first] = firstHanging ?? [];
    if (!isReady || !first) return;
    firstHanging = undefined;
    performance.mark('overread:next-ready', { detail: { studyInstanceUid: first.studyInstanceUid } });
  }

  const closing = new AbortController();
  const claimOf = ({ role }: StudyToShow): Claim => ({
    kind: () => (listener === undefined ? 'ahead' : role),
    rank: () => (role === 'prior' ? 1.5 : 1) + (listener === undefined ? AHEAD_RANK : 0),
  });
  const load = (study: StudyToShow): Promise<Series[] | undefined> =>
    loadStudy(study, window.location.origin, claimOf(study), closing.signal).catch(() => {
      hasFailed = true;
      if (!isClosed)
        complain(`${study.role === 'prior' ? 'Prior' : 'Study'} ${study.description} could not be loaded.`);
      return undefined;
    });
  const priors = studies.filter(({ role }) => role === 'prior');
  const comingPriors = priors.map(load);
  const current = Promise.all(studies.filter(({ role }) => role === 'current').map(load)).then((loaded) => {
    currentSeries = loaded.flatMap((one) => one ?? []);
    return currentSeries;
  });
  const all = Promise.all([current, ...comingPriors]).then(([first, ...rest]) => {
    allSeries = [...(first ?? []), ...rest.flatMap((one) => one ?? [])];
    return allSeries;
  });

  return {
    contextKey,
    bank,
    thumbnails,
    priors,
    /** The series of the current study, and of all; undefined until known. */
    currentSeries: () => currentSeries,
    allSeries: () => allSeries,
    current,
    all,
    hasFailed: () => hasFailed,
    /** The series of one study as its site has them now; undefined when it cannot be had. `joined`: one found to belong to the case after it was opened. */
    loadAgain: async (studyInstanceUid: string, joined?: StudyToShow): Promise<Series[] | undefined> => {
      await all;
      const study = studies.find((one) => one.studyInstanceUid === studyInstanceUid) ?? joined;
      return isClosed || study === undefined ? undefined : load(study);
    },
    /** From now on this case is on screen: its frames go before others, and what went wrong is said. */
    show(onScreen: CaseImagesListener, allowed: ImageMemory): void {
      listener = onScreen;
      bank.allow(allowed);
      for (const problem of problems.splice(0)) onScreen.onProblem(problem);
    },
    /** Fetches and decodes what the first hanging will show, in the panes it will have. */
    async makeReady(): Promise<void> {
      await all;
      if (isClosed || allSeries === undefined) return;
      const hung = hangFirst(allSeries, allHangings()).panes.flatMap((one, index) => {
        if (!isHung(one)) return [];
        const series = allSeries?.find(
          (each): each is ImageSeries => each.kind === 'images' && each.key === one.seriesKey,
        );
        return series ? [{ paneId: `pane-${index + 1}`, series, index: one.index }] : [];
      });
      if (!isLookedAt) firstHanging = hung.map(({ series }) => series);
      isLookedAt = true;
      for (const { paneId, series, index } of hung) bank.look(series, paneId, index);
    },
    slots: (seriesKey: string): readonly FrameSlot[] => bank.slots(seriesKey),
    close(): void {
      isClosed = true;
      listener = undefined;
      closing.abort();
      bank.close();
    },
  };
}
