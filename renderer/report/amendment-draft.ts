import { startAmendment, type Amendment, type AmendmentKind } from '#shared/reporting/amendment.ts';

import { call, type Answer, type OpenCase } from '../bridge/index.ts';
import { createDraftKeeper, writable, type DraftKeeper } from './draft-keeper.ts';
import { savePorts } from './save-ports.ts';

export type Version = Answer<'reportVersions'>['versions'][number];

/** A later version being written. */
export interface OpenAmendment {
  readonly kind: AmendmentKind;
  readonly newest: Version;
  readonly keeper: DraftKeeper<Amendment>;
  /** When the text that came back was last saved; undefined: it begins empty. */
  readonly restoredFrom: number | undefined;
}

/** Kept when its dialog is closed until it is saved: a lock or a lost link loses no word. */
let current: OpenAmendment | undefined;

/** The newest version is asked for anew: another one may have been signed since the case was opened. Undefined: there is none. */
export async function openAmendment(
  { taskId, contextKey }: Pick<OpenCase, 'taskId' | 'contextKey'>,
  kind: AmendmentKind,
): Promise<OpenAmendment | undefined> {
  await flushAmendment();
  const [{ versions }, kept] = await Promise.all([
    call('reportVersions', { taskId }),
    call('amendmentDraft', { taskId, kind }),
  ]);
  const [newest] = versions;
  if (newest === undefined) return undefined;
  const isHere = current?.kind === kind && current.keeper.taskId === taskId && !isSaved(current.keeper);
  if (current !== undefined && isHere) {
    current = { ...current, newest };
    return current;
  }
  current?.keeper.stop();
  const fresh = startAmendment(newest);
  const restored = kept.draft !== undefined && isBegun(kind, kept.draft.body, newest) ? kept.draft : undefined;
  const keeper = createDraftKeeper<Amendment>(
    { taskId, contextKey, revision: kept.revision, savedAt: restored?.savedAt, body: restored?.body ?? fresh },
    savePorts(({ revision, body }) => [
      'saveAmendment',
      {
        taskId,
        contextKey,
        kind,
        revision,
        body: { ...body, basedOn: { ...body.basedOn }, body: writable(body.body) },
      },
    ]),
  );
  current = { kind, newest, keeper, restoredFrom: restored?.savedAt };
  return current;
}

/** Signed: nothing of it is saved any more. */
export function closeAmendment(): void {
  current?.keeper.stop();
  current = undefined;
}

/** True when nothing is left unsaved. */
export const flushAmendment = async (): Promise<boolean> => (await current?.keeper.flush()) ?? true;

export const hasUnsavedAmendment = (): boolean => {
  const kind = current?.keeper.store.getState().save.kind;
  return kind === 'failed' || kind === 'stale';
};

const isSaved = (keeper: DraftKeeper<Amendment>): boolean => keeper.store.getState().save.kind === 'saved';

/** Whether there is anything in it that would be missed. */
function isBegun(kind: AmendmentKind, { text, body, reason, readAgain }: Amendment, newest: Version): boolean {
  switch (kind) {
    case 'addendum':
      return text.trim() !== '';
    case 'correction':
      return reason.trim() !== '' || JSON.stringify(body) !== JSON.stringify(newest.body);
    case 'withdrawal':
      return reason.trim() !== '' || !readAgain;
  }
}
