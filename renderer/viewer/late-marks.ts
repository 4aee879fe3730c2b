import type { ImageFacts } from './model/image-facts.ts';
import type { ImageSeries, Series } from './model/series.ts';
import { useViewer } from './viewer-store.ts';

/** What was seen is told together, not image by image. */
const TELL_MS = 200;

/** Images that came after the case was opened: which they are, until they were looked at. */
export function createLateMarks(onSeen: (studyInstanceUid: string, sopInstanceUids: readonly string[]) => void) {
  const seen = new Map<string, Set<string>>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    for (const [studyInstanceUid, sops] of seen) onSeen(studyInstanceUid, [...sops]);
    seen.clear();
  }

  return {
    /** Marks every image that was not there before; answers the series that hold more than they did. */
    mark(before: readonly Series[], now: readonly Series[]): ImageSeries[] {
      const known = new Set(before.flatMap((one) => (one.kind === 'images' ? one.images : [])).map(imageIdOf));
      const wasThere = new Set(before.map(({ key }) => key));
      const marks: Record<string, ReadonlySet<string>> = {};
      const grown: ImageSeries[] = [];
      const { late } = useViewer.getState();
      for (const series of now) {
        if (series.kind !== 'images') continue;
        const added = series.images.map(imageIdOf).filter((imageId) => !known.has(imageId));
        if (added.length === 0) continue;
        marks[series.key] = new Set([...(late[series.key] ?? []), ...added]);
        if (wasThere.has(series.key)) grown.push(series);
      }
      useViewer.setState({ late: { ...late, ...marks } });
      return grown;
    },
    noteSeen(series: ImageSeries, { imageId, sopInstanceUid, studyInstanceUid }: ImageFacts): void {
      const { late } = useViewer.getState();
      const ofSeries = late[series.key];
      if (ofSeries?.has(imageId) !== true) return;
      useViewer.setState({ late: { ...late, [series.key]: new Set([...ofSeries].filter((one) => one !== imageId)) } });
      seen.set(studyInstanceUid, (seen.get(studyInstanceUid) ?? new Set()).add(sopInstanceUid));
      timer ??= setTimeout(tell, TELL_MS);
    },
    close(): void {
      if (timer === undefined) return;
      clearTimeout(timer);
      tell();
    },
  };
}

const imageIdOf = ({ imageId }: ImageFacts): string => imageId;
