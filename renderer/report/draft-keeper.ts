import type { Answer } from '../bridge/index.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { CallRequest } from '#shared/contract/calls.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

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
  /** Answers how to cancel. */
  readonly schedule: (run: () => void, ms: number) => () => void;
}

export interface DraftKeeper<Body = ReportBody> {
  readonly taskId: string;
  readonly contextKey: string;
  readonly store: StoreApi<Draft<Body>>;
  edit(change: (body: Body) => Body): void;
  /** Saves now whatever is not saved yet; true when nothing is left unsaved. */
  flush(): Promise<boolean>;
  /** After `stale`: write this window's text over the other's. */
  keepMine(): Promise<boolean>;
  stop(): void;
}

const QUIET_MS = 300;
/** Typing without a pause is saved too: less than a second of it may ever be lost (DESIGN 8). */
const LONGEST_WAIT_MS = 800;
const RETRY_MS = 3000;

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

  const cancelTimers = () => {
    cancelQuiet?.();
    cancelLongest?.();
    cancelQuiet = undefined;
    cancelLongest = undefined;
  };

  const saveOnce = async () => {
    cancelTimers();
    const { body, revision } = store.getState();
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
    const isBehind = store.getState().body !== body;
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

  return {
    taskId,
    contextKey,
    store,
    edit(change) {
      const { body, save } = store.getState();
      const changed = change(body);
      if (changed === body) return;
      store.setState({ body: changed });
      if (save.kind === 'stale') return;
      if (save.kind !== 'saving') store.setState({ save: { kind: 'unsaved' } });
      cancelQuiet?.();
      cancelQuiet = ports.schedule(() => void flush(), QUIET_MS);
      cancelLongest ??= ports.schedule(() => void flush(), LONGEST_WAIT_MS);
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
  const { keyImages, measurements, ...rest } = body;
  return {
    ...rest,
    ...(keyImages === undefined ? {} : { keyImages: keyImages.map((image) => ({ ...image })) }),
    ...(measurements === undefined ? {} : { measurements: measurements.map((one) => ({ ...one })) }),
    sections: body.sections.map((section) => ({ ...section, fields: section.fields.map((field) => ({ ...field })) })),
  };
}
