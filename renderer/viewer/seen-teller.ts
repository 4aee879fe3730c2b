import type { ImageFacts } from './model/image-facts.ts';

/** What was seen is told together, not image by image. */
const TELL_MS = 200;
/** Loops play by: whoever saw one frame of these saw the loop. */
const LOOPS: ReadonlySet<string> = new Set(['US', 'IVUS', 'XA', 'RF', 'NM', 'ES']);

export interface SeenTeller {
  /** This frame was painted. */
  note(facts: SeenFrame): void;
  close(): void;
}
type SeenFrame = Pick<ImageFacts, 'studyInstanceUid' | 'sopInstanceUid' | 'frame' | 'frameCount' | 'modality'>;

/** Tells each image of the open case once, when all of its frames were painted. */
export function createSeenTeller(
  onSeen: (studyInstanceUid: string, sopInstanceUids: readonly string[]) => void,
): SeenTeller {
  const frames = new Map<string, Set<number>>();
  const told = new Set<string>();
  const toTell = new Map<string, string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    for (const [studyInstanceUid, sops] of toTell) onSeen(studyInstanceUid, sops);
    toTell.clear();
  }

  return {
    note({ studyInstanceUid, sopInstanceUid, frame, frameCount, modality }) {
      if (told.has(sopInstanceUid)) return;
      const painted = frames.get(sopInstanceUid) ?? new Set<number>();
      frames.set(sopInstanceUid, painted.add(frame));
      if (painted.size < frameCount && !LOOPS.has(modality)) return;
      frames.delete(sopInstanceUid);
      told.add(sopInstanceUid);
      toTell.set(studyInstanceUid, [...(toTell.get(studyInstanceUid) ?? []), sopInstanceUid]);
      timer ??= setTimeout(tell, TELL_MS);
    },
    close() {
      if (timer === undefined) return;
      clearTimeout(timer);
      tell();
    },
  };
}
