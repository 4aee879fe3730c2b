import { tierOf } from '#shared/domain/priority.ts';
import { HOUR_MS } from '#shared/kernel/clock.ts';

import type { Interruption } from '#shared/contract/schemas.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { priorityWord, showDue, showReaderName } from '../ui/index.ts';
import { arrivalsBetween, type Arrival, type RowsBefore } from './arrivals.ts';

export interface NoticePorts {
  readonly now: () => number;
  /** A case is on the screen: only emergencies may break in. */
  readonly isReading: () => boolean;
  readonly sound: (kind: 'activation' | 'stat') => void;
  /** On the desktop, outside the program: what is shown there may be read by anyone. */
  readonly showOnDesktop: (title: string, body: string) => void;
  readonly say: (text: string) => void;
  readonly changed: (state: NoticeState) => void;
}

export interface NoticeState {
  /** When the reader was interrupted, within the last hour. */
  readonly given: readonly number[];
  /** Kept back until the end of the case. */
  readonly waiting: readonly Arrival[];
}

export interface Notices {
  /** These rows of the list, in its order, are not as they were `before`. */
  take(before: RowsBefore, changed: readonly WorklistRow[]): void;
  /** The reader is asked to set their case aside, or no longer. Told once for each emergency. */
  ask(interruption: Interruption | undefined): void;
  /** Says at once what was kept back. */
  caseEnded(): void;
}

export const NO_NOTICES: NoticeState = { given: [], waiting: [] };

/** The interruption shield: STAT and activations are told at once with sound, all else waits until the case has ended. */
export function createNotices(ports: NoticePorts): Notices {
  let state = NO_NOTICES;
  const change = (part: Partial<NoticeState>) => {
    const since = ports.now() - HOUR_MS;
    state = { ...state, ...part };
    state = { ...state, given: state.given.filter((at) => at > since) };
    ports.changed(state);
  };

  let asked: string | undefined;

  function breakIn(kind: 'activation' | 'stat', title: string, desktop: string, screen: string) {
    ports.sound(kind);
    ports.showOnDesktop(`Overread: ${title}`, desktop);
    ports.say(screen);
    change({ given: [...state.given, ports.now()] });
  }

  function interrupt(arrival: Arrival, kind: 'activation' | 'stat') {
    breakIn(kind, priorityWord(classOf(arrival)), desktopWords(arrival, ports.now()), screenWords(arrival));
  }

  return {
    ask(interruption) {
      if (interruption === undefined || interruption.taskId === asked) return;
      asked = interruption.taskId;
      const kind = tierOf(interruption.standsAs) === tierOf('stroke') ? 'activation' : 'stat';
      breakIn(
        kind,
        priorityWord(interruption.standsAs),
        askedOnDesktop(interruption, ports.now()),
        askedOnScreen(interruption, ports.now()),
      );
    },
    take(before, changed) {
      const arrivals = arrivalsBetween(before, changed);
      // The most urgent is told last: it is the one that stays on the screen.
      for (const arrival of arrivals.toReversed()) {
        // What the reader was asked to break off for has been told, with more.
        if (arrival.row.taskId === asked) continue;
        if (arrival.kind === 'activation' || arrival.kind === 'stat') interrupt(arrival, arrival.kind);
        else if (ports.isReading()) change({ waiting: [...state.waiting, arrival] });
        else ports.say(screenWords(arrival));
      }
    },
    caseEnded() {
      const { waiting } = state;
      if (waiting.length === 0) return;
      change({ waiting: [] });
      const [only] = waiting;
      ports.say(
        waiting.length === 1 && only !== undefined
          ? screenWords(only)
          : `${waiting.length} cases arrived while you were reading.`,
      );
    },
  };
}

const dueWords = (dueAt: number, now: number): string => (dueAt < now ? 'overdue' : `due ${showDue(dueAt, now)}`);

const askedOnDesktop = ({ modality, dueAt }: Interruption, now: number): string =>
  ['Please set your case aside', ...(modality === undefined ? [] : [modality]), dueWords(dueAt, now)].join(', ');

const askedOnScreen = ({ standsAs, examText, siteName, dueAt, openExamText }: Interruption, now: number): string =>
  `Please set ${openExamText} aside for ${priorityWord(standsAs)}: ${examText}, ${siteName}, ${dueWords(dueAt, now)}. No reader who may read it is free.`;

const classOf = ({ row }: Arrival) => row.standsAs ?? row.priority;

/** Class, modality and time: nothing of the patient, nor of the site. */
const desktopWords = ({ row }: Arrival, now: number): string =>
  [
    'A case is ready to be read',
    ...(row.exam.modality === undefined ? [] : [row.exam.modality]),
    ...(row.dueAt === undefined ? [] : [dueWords(row.dueAt, now)]),
  ].join(', ');

function screenWords(arrival: Arrival): string {
  const { row, kind } = arrival;
  if (kind === 'handed-over')
    return `${showReaderName(row.handedOverBy ?? '')} handed a case to you: ${row.exam.text}.`;
  return `${priorityWord(classOf(arrival))} has arrived: ${row.exam.text}, ${row.siteName}.`;
}
