import { gunzipSync, gzipSync } from 'node:zlib';

import type { DocumentReference } from 'fhir/r4';

import { attachBytes, attachText } from '#electron/ports/attach-text.ts';
import { handedStatesSchema } from '#shared/contract/draft-calls.ts';
import { reportBodySchema } from '#shared/contract/schemas.ts';
import { eligibilityOf } from '#shared/domain/eligibility.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import {
  handedDraftDocument,
  handedDraftFrom,
  handedDraftIdentifier,
  type HandedDraftText,
} from '#shared/fhir/handed-draft.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { DraftWriter, HandedState } from '#shared/reporting/handed-state.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import type { WorkstationPorts } from './ports.ts';

export interface HandedDraft {
  readonly body: ReportBody;
  readonly byName: string;
  readonly at: EpochMs;
  /** Every state it had, oldest first; the last one is the body itself. */
  readonly states: readonly HandedState[];
}

export interface HandedDrafts {
  /** What this reader has typed for it, with its earlier states, goes to the hub, for whom it is handed to. */
  give(task: ReadingTask): Promise<'given' | 'nothing-typed' | 'hub-unreachable'>;
  /** What was handed to this reader with the reading. */
  take(task: ReadingTask): Promise<HandedDraft | undefined>;
  /** It has served: nothing of it stays in the newest version. */
  empty(task: ReadingTask): Promise<void>;
}

/** Many times what a workstation keeps of one draft; more is no history of ours. */
const LARGEST_HISTORY_BYTES = 128 * 1024 * 1024;

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

type Ports = Pick<WorkstationPorts, 'fhir' | 'drafts' | 'reader' | 'clock' | 'log'> & {
  readonly regionOf: (siteId: ReadingTask['siteId']) => string | undefined;
};

export function createHandedDrafts({ fhir, drafts, reader, clock, log, regionOf }: Ports): HandedDrafts {
  const find = async (taskId: string): Promise<DocumentReference | undefined> =>
    (await fhir.search<DocumentReference>('DocumentReference', { identifier: handedDraftIdentifier(taskId) }))[0];

  async function write(task: ReadingTask, states: readonly HandedState[]): Promise<void> {
    const document = handedDraftDocument(
      {
        task,
        body: states.at(-1)?.body,
        from: { id: reader.id, name: reader.name },
        at: clock.now(),
        history: attachBytes(gzipSync(JSON.stringify(states))),
      },
      attachText,
    );
    const before = await find(task.id);
    if (before?.id !== undefined) await fhir.update({ ...document, id: before.id });
    else if (states.length > 0) await fhir.create(document);
  }

  function statesOf({ history, byId, byName, at }: HandedDraftText, body: ReportBody): HandedDraft['states'] {
    const parsed = history === undefined ? undefined : handedStatesSchema.safeParse(unpacked(history));
    if (parsed?.success === false) log.warn('handed-draft.history-unreadable');
    const states = (parsed?.data ?? []) as unknown as readonly HandedState[];
    // Programs before this one handed over the newest state alone.
    const writer: DraftWriter = { id: byId as DraftWriter['id'], name: byName, signs: 'final' };
    return states.length > 0 ? states : [{ savedAt: at, body, writer }];
  }

  return {
    async give(task) {
      const kept = await drafts.history(task.id, reader.id);
      if (kept.length === 0) return 'nothing-typed';
      const { privilege } = eligibilityOf(reader, task, { region: regionOf(task.siteId), now: clock.now() });
      const own: DraftWriter = { id: reader.id, name: reader.name, signs: privilege };
      const states = kept.map(({ savedAt, body, drawings, writer = own }): HandedState => ({
        savedAt,
        body,
        drawings,
        writer,
      }));
      try {
        await write(task, states.toReversed());
        return 'given';
      } catch (error) {
        if (error instanceof FhirError) return 'hub-unreachable';
        throw error;
      }
    },
    async take(task) {
      if (task.acts?.some(({ kind, to }) => kind === 'handed-over' && to === reader.id) !== true) return undefined;
      try {
        const found = handedDraftFrom(await find(task.id), decode);
        if (found === undefined) return undefined;
        const parsed = reportBodySchema.safeParse(JSON.parse(found.json));
        if (!parsed.success) {
          log.warn('handed-draft.unreadable', { taskId: task.id });
          return undefined;
        }
        const body = parsed.data as ReportBody;
        return { body, byName: found.byName, at: found.at, states: statesOf(found, body) };
      } catch {
        log.warn('handed-draft.not-read', { taskId: task.id });
        return undefined;
      }
    },
    async empty(task) {
      const handed = task.acts?.some(({ kind }) => kind === 'handed-over') === true;
      if (!handed) return;
      try {
        const found = await find(task.id);
        if (found?.status === 'current') await write(task, []);
      } catch {
        log.warn('handed-draft.not-emptied', { taskId: task.id });
      }
    },
  };
}

function unpacked(history: string): unknown {
  try {
    const json = gunzipSync(Buffer.from(history, 'base64'), { maxOutputLength: LARGEST_HISTORY_BYTES });
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
}
