import type { DocumentReference } from 'fhir/r4';

import { attachText } from '#electron/ports/attach-text.ts';
import { reportBodySchema } from '#shared/contract/schemas.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { handedDraftDocument, handedDraftFrom, handedDraftIdentifier } from '#shared/fhir/handed-draft.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import type { WorkstationPorts } from './ports.ts';

export interface HandedDraft {
  readonly body: ReportBody;
  readonly byName: string;
  readonly at: EpochMs;
}

export interface HandedDrafts {
  /** What this reader has typed for it goes to the hub, for whom it is handed to. */
  give(task: ReadingTask): Promise<'given' | 'nothing-typed' | 'hub-unreachable'>;
  /** What was handed to this reader with the reading. */
  take(task: ReadingTask): Promise<HandedDraft | undefined>;
  /** It has served: nothing of it stays in the newest version. */
  empty(task: ReadingTask): Promise<void>;
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

export function createHandedDrafts({
  fhir,
  drafts,
  reader,
  clock,
  log,
}: Pick<WorkstationPorts, 'fhir' | 'drafts' | 'reader' | 'clock' | 'log'>): HandedDrafts {
  const find = async (taskId: string): Promise<DocumentReference | undefined> =>
    (await fhir.search<DocumentReference>('DocumentReference', { identifier: handedDraftIdentifier(taskId) }))[0];

  async function write(task: ReadingTask, body: ReportBody | undefined): Promise<void> {
    const from = { id: reader.id, name: reader.name };
    const document = handedDraftDocument({ task, body, from, at: clock.now() }, attachText);
    const before = await find(task.id);
    if (before?.id !== undefined) await fhir.update({ ...document, id: before.id });
    else if (body !== undefined) await fhir.create(document);
  }

  return {
    async give(task) {
      const draft = await drafts.load(task.id, reader.id);
      if (draft?.state !== 'draft') return 'nothing-typed';
      try {
        await write(task, draft.body);
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
        return { body: parsed.data as ReportBody, byName: found.byName, at: found.at };
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
        if (found?.status === 'current') await write(task, undefined);
      } catch {
        log.warn('handed-draft.not-emptied', { taskId: task.id });
      }
    },
  };
}
