import type { ImageFacts } from './model/image-facts.ts';
import type { ImageSeries, Series } from './model/series.ts';
import type { StudyToShow } from './load-studies.ts';
import type { SeenTeller } from './seen-teller.ts';
import { useViewer } from './viewer-store.ts';

/** Images that came after the case was opened: which they are, until they were looked at. */
export function createLateMarks(teller: SeenTeller) {
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
    /** Marks those that came after the reading was signed, once their series are here. */
    markSince(all: readonly Series[], studies: readonly Pick<StudyToShow, 'lateImages'>[]): void {
      const since = new Set(studies.flatMap(({ lateImages }) => lateImages ?? []));
      if (since.size === 0) return;
      const { late } = useViewer.getState();
      const marks = all.flatMap((series): [string, ReadonlySet<string>][] => {
        if (series.kind !== 'images' || late[series.key] !== undefined) return [];
        const added = series.images.filter(({ sopInstanceUid }) => since.has(sopInstanceUid)).map(imageIdOf);
        return added.length === 0 ? [] : [[series.key, new Set(added)]];
      });
      useViewer.setState({ late: { ...Object.fromEntries(marks), ...late } });
    },
    noteSeen(series: ImageSeries, facts: ImageFacts): void {
      teller.note(facts);
      const { imageId } = facts;
      const { late } = useViewer.getState();
      const ofSeries = late[series.key];
      if (ofSeries?.has(imageId) !== true) return;
      useViewer.setState({ late: { ...late, [series.key]: new Set([...ofSeries].filter((one) => one !== imageId)) } });
    },
    close: (): void => teller.close(),
  };
}

const imageIdOf = ({ imageId }: ImageFacts): string => imageId;
