import type { Answer } from '../bridge/index.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { CallRequest } from '#shared/contract/calls.ts';
import type { ReportBody, ReportScore } from '#shared/reporting/report.ts';

export type SaveState =
  | { readonly kind: 'saved'; readonly savedAt: number | undefined }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** Another window saved in between; `revision` is what it left. Nothing was overwritten on either side. */
  | { readonly kind: 'stale'; readonly revision: number }
  | { readonly kind: 'failed'; readonly reason: string };

interface Draft<Body> {
  readonly body: Body;
  readonly revision: number;
  readonly save: SaveState;
}

export interface DraftPorts<Body> {
  readonly save: (edit: { readonly revision: number; readonly body: Body }) => Promise<Answer<'saveDraft'>>;
  readonly failureWords: (failure: unknown) => string;
  /** What a change made another is marked with when it was; absent: nothing is. */
  readonly stamp?: (before: Body, after: Body) => Body;
  /** Answers how to cancel. */
  readonly schedule: (run: () => void, ms: number) => () => void;
}

export interface DraftKeeper<Body = ReportBody> {
  readonly taskId: string;
  readonly contextKey: string;
  readonly store: StoreApi<Draft<Body>>;
  /** `run`: changes of the same run without a pause between them are taken back together. */
  edit(change: (body: Body) => Body, run?: string): void;
  /** What `save` writes beside the text has changed; no step that is taken back. */
  noteBeside(): void;
  /** Takes the last change back, whatever made it; false when there is none. */
  undo(): boolean;
  redo(): boolean;
  /** Saves now whatever is not saved yet; true when nothing is left unsaved. */
  flush(): Promise<boolean>;
  /** After `stale`: write this window's text over the other's. */
  keepMine(): Promise<boolean>;
  stop(): void;
}

/** One and the same, so that nothing is drawn anew between two keys. */
const UNSAVED: SaveState = { kind: 'unsaved' };
const QUIET_MS = 300;
/** Typing without a pause is saved too: less than a second of it may ever be lost (DESIGN 8). */
const LONGEST_WAIT_MS = 500;
const RETRY_MS = 3000;
/** Steps that can be taken back; what did not change is shared between them. */
const MOST_STEPS = 500;
/** Typing without a pause is taken back in pieces of so many changes. */
const LONGEST_RUN = 40;

/** Keeps one text, a report or what follows it: in this window at once, on the workstation's disk a moment later, never less than typed. */
export function createDraftKeeper<Body>(
  opened: {
    readonly taskId: string;
    readonly contextKey: string;
    readonly revision: number;
    readonly savedAt: number | undefined;
    readonly body: Body;
  },
  ports: DraftPorts<Body>,
): DraftKeeper<Body> {
  const { taskId, contextKey } = opened;
  const store = createStore<Draft<Body>>()(() => ({
    body: opened.body,
    revision: opened.revision,
    save: { kind: 'saved', savedAt: opened.savedAt },
  }));
  let cancelQuiet: (() => void) | undefined;
  let cancelLongest: (() => void) | undefined;
  let inFlight: Promise<void> | undefined;
  let isStopped = false;
  let undone: Body[] = [];
  let before: Body[] = [];
  /** Grows with each change of what is saved beside the text. */
  let beside = 0;
  let run: { readonly name: string; readonly changes: number } | undefined;

  const remember = (body: Body, name: string | undefined): void => {
    undone = [];
    if (name !== undefined && run?.name === name && run.changes < LONGEST_RUN) {
      run = { name, changes: run.changes + 1 };
      return;
    }
    run = name === undefined ? undefined : { name, changes: 1 };
    before = [...before.slice(1 - MOST_STEPS), body];
  };

  const cancelTimers = () => {
    cancelQuiet?.();
    cancelLongest?.();
    cancelQuiet = undefined;
    cancelLongest = undefined;
  };

  const saveOnce = async () => {
    cancelTimers();
    const { body, revision } = store.getState();
    const besideThen = beside;
    store.setState({ save: { kind: 'saving' } });
    let save: SaveState;
    let next = revision;
    try {
      const answer = await ports.save({ revision, body });
      switch (answer.status) {
        case 'saved':
          next = answer.revision;
          save = { kind: 'saved', savedAt: answer.savedAt };
          break;
        case 'stale':
          save = { kind: 'stale', revision: answer.revision };
          break;
        case 'wrong-context':
          save = { kind: 'failed', reason: 'This report belongs to another case.' };
          break;
        case 'not-saved':
          save = { kind: 'failed', reason: answer.reason };
          break;
      }
    } catch (failure) {
      save = { kind: 'failed', reason: ports.failureWords(failure) };
    }
    const isBehind = store.getState().body !== body || beside !== besideThen;
    store.setState({ revision: next, save: isBehind && save.kind === 'saved' ? { kind: 'unsaved' } : save });
    if (save.kind === 'failed' && !isStopped) cancelLongest = ports.schedule(() => void flush(), RETRY_MS);
  };

  /** One save at a time: each is based on the revision the one before it was given. */
  const flush = async (): Promise<boolean> => {
    for (;;) {
      if (inFlight !== undefined) {
        await inFlight;
        continue;
      }
      const { kind } = store.getState().save;
      if (kind === 'saved') return true;
      if (kind === 'stale') return false;
      inFlight = saveOnce().finally(() => {
        inFlight = undefined;
      });
      await inFlight;
      if (store.getState().save.kind === 'failed') return false;
    }
  };

  const put = (body: Body): void => {
    const { save } = store.getState();
    const isHeld = save.kind === 'stale' || save.kind === 'saving';
    store.setState(isHeld ? { body } : { body, save: UNSAVED });
    if (save.kind === 'stale') return;
    cancelQuiet?.();
    cancelQuiet = ports.schedule(() => {
      run = undefined;
      void flush();
    }, QUIET_MS);
    cancelLongest ??= ports.schedule(() => void flush(), LONGEST_WAIT_MS);
  };

  return {
    taskId,
    contextKey,
    store,
    edit(change, name) {
      const { body } = store.getState();
      const changed = change(body);
      if (changed === body) return;
      remember(body, name);
      put(ports.stamp?.(body, changed) ?? changed);
    },
    noteBeside() {
      beside += 1;
      put(store.getState().body);
    },
    undo() {
      const last = before.at(-1);
      if (last === undefined) return false;
      before = before.slice(0, -1);
      undone = [...undone, store.getState().body];
      run = undefined;
      put(last);
      return true;
    },
    redo() {
      const next = undone.at(-1);
      if (next === undefined) return false;
      undone = undone.slice(0, -1);
      before = [...before, store.getState().body];
      run = undefined;
      put(next);
      return true;
    },
    flush,
    async keepMine() {
      const { save } = store.getState();
      if (save.kind === 'stale') store.setState({ revision: save.revision, save: { kind: 'unsaved' } });
      return flush();
    },
    stop() {
      isStopped = true;
      cancelTimers();
    },
  };
}

/** The contract's arrays are mutable where the domain's are not; the values are the same. */
export function writable(body: ReportBody): CallRequest<'saveDraft'>['body'] {
  const { keyImages, measurements, scores, ...rest } = body;
  return {
    ...rest,
    ...(keyImages === undefined ? {} : { keyImages: keyImages.map((image) => ({ ...image })) }),
    ...(scores === undefined ? {} : { scores: scores.map(writableScore) }),
    ...(measurements === undefined ? {} : { measurements: measurements.map((one) => ({ ...one })) }),
    sections: body.sections.map((section) => ({ ...section, fields: section.fields.map((field) => ({ ...field })) })),
  };
}

const writableScore = ({ inputs, ...score }: ReportScore) => ({
  ...score,
  inputs: inputs.map(({ choices, ...input }) => ({
    ...input,
    ...(choices === undefined ? {} : { choices: choices.map((choice) => ({ ...choice })) }),
  })),
});
