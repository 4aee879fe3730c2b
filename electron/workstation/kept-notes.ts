import { isDeepStrictEqual } from 'node:util';

import type { NoteFact } from '#shared/domain/notes.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

import type { StudyRef, WorkstationPorts } from './ports.ts';

/** What is kept beside a study's images: the facts of each reading that it is read for. */
export interface KeptNotes {
  readonly taskId: string;
  readonly facts: readonly NoteFact[];
}

/** The clinical notes of readings, fetched ahead with their images and sealed in the same cache. */
export interface NotesAtHand {
  /** As they are at hand, else from the hub; then throws FhirError. What is at hand is looked at again, and `changed` told of what is new. */
  of(task: ReadingTask): Promise<readonly NoteFact[]>;
  /** Brings the notes of these readings here, one after the other; each version of a reading once. */
  fetchAhead(tasks: readonly ReadingTask[]): Promise<void>;
}

type Ports = Pick<WorkstationPorts, 'fhir' | 'log' | 'cache' | 'readNotes'>;

export function createNotesAtHand({
  fhir,
  log,
  cache,
  readNotes,
  changed,
}: Ports & { readonly changed: (taskId: ReadingTask['id']) => void }): NotesAtHand {
  const fetched = new Map<string, string>();
  let last: Promise<void> = Promise.resolve();

  /** They lie with the reading's first study; a reading without images keeps none. */
  const placeOf = ({ siteId, studyInstanceUids }: ReadingTask): StudyRef | undefined => {
    const [studyInstanceUid] = studyInstanceUids;
    return studyInstanceUid === undefined ? undefined : { siteId, studyInstanceUid };
  };
  const allAt = async (place: StudyRef) => (await cache.getNotes(place)) ?? [];

  async function atHand(task: ReadingTask): Promise<readonly NoteFact[] | undefined> {
    const place = placeOf(task);
    return place === undefined ? undefined : (await allAt(place)).find(({ taskId }) => taskId === task.id)?.facts;
  }

  async function fromHub(task: ReadingTask): Promise<readonly NoteFact[]> {
    const facts = await readNotes(fhir, task);
    const place = placeOf(task);
    if (place !== undefined) {
      const others = (await allAt(place)).filter(({ taskId }) => taskId !== task.id);
      await cache.putNotes(place, [...others, { taskId: task.id, facts }]);
    }
    return facts;
  }

  async function lookAgain(task: ReadingTask, shown: readonly NoteFact[]): Promise<void> {
    try {
      // As it comes back from the cache: what JSON does not carry is no difference.
      const now = JSON.parse(JSON.stringify(await fromHub(task))) as readonly NoteFact[];
      if (!isDeepStrictEqual(now, shown)) changed(task.id);
    } catch {
      log.warn('notes.not-read', { taskId: task.id });
    }
  }

  return {
    async of(task) {
      const shown = await atHand(task);
      if (shown === undefined) return fromHub(task);
      void lookAgain(task, shown);
      return shown;
    },
    fetchAhead(tasks) {
      last = last.then(async () => {
        for (const task of tasks) {
          if (placeOf(task) === undefined || fetched.get(task.id) === task.version) continue;
          await fromHub(task).then(
            () => fetched.set(task.id, task.version),
            () => log.warn('notes.not-read', { taskId: task.id }),
          );
        }
      });
      return last;
    },
  };
}
