import type { OpenCase } from '#renderer/bridge/exact.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { saysTheSame } from '#shared/reporting/compare-reports.ts';

import type { DoorWorld } from './door-state.ts';

type Served =
  | 'checkReport'
  | 'undoSignature'
  | 'amendReport'
  | 'amendmentDraft'
  | 'saveAmendment'
  | 'reportVersions'
  | 'waitingSignatures'
  | 'settleSignature'
  | 'discrepancies'
  | 'discrepancySeen'
  | 'signingKey'
  | 'exportAudit';
type SigningAnswers = { [Name in Served]: (request: CallRequest<Name>) => CallResponse<Name> };

type KeptAmendment = NonNullable<CallResponse<'amendmentDraft'>['draft']>;

type Version = CallResponse<'reportVersions'>['versions'][number];

const nextVersion = (newest: Version | undefined, body: Version['body'], at: number): Version => ({
  reportUuid: `report-${(newest?.version ?? 0) + 1}`,
  version: (newest?.version ?? 0) + 1,
  state: 'final',
  signedBy: 'Lee^Dana',
  signedById: 'dr-lee',
  signedAt: at,
  body,
  addenda: newest?.addenda ?? [],
});

/** A signature is kept with its case: it may be taken back, looked at and followed by another. */
export function rememberSignature(world: DoorWorld, taskId: string, body: Version['body'], at: number): void {
  const versions = world.versions.get(taskId) ?? [];
  world.versions.set(taskId, [nextVersion(versions[0], body, at), ...versions]);
}

/** Signed reports of this workstation and what may follow them. */
export const createSigningAnswers = (world: DoorWorld, now: () => number): SigningAnswers => ({
  checkReport: ({ body }) => {
    const isEmpty = (role: string) =>
      body.sections.every((section) => section.role !== role || section.text.trim() === '');
    return {
      complaints: [
        ...(isEmpty('impression')
          ? [
              {
                code: 'impression-missing',
                severity: 'stop' as const,
                section: 'Impression',
                message: 'The impression is empty.',
                fix: 'Say what the findings mean.',
              },
            ]
          : []),
        ...(body.sections.some(({ text }) => text.includes('right'))
          ? [
              {
                code: 'laterality',
                severity: 'warn' as const,
                section: 'Findings',
                quote: 'right',
                message: 'The order names no right side.',
              },
            ]
          : []),
      ],
    };
  },
  undoSignature: ({ taskId }) => {
    const row = world.undoable.get(taskId);
    if (row === undefined) return { status: 'too-late' };
    world.undoable.delete(taskId);
    world.undo = undefined;
    world.versions.delete(taskId);
    world.rows = [row, ...world.rows.filter((other) => other.taskId !== taskId)];
    world.tell({ type: 'worklist-changed' });
    return { status: 'undone' };
  },
  amendReport: ({ taskId, pin, basedOn, change }) => {
    if (pin !== world.pin) return { status: 'wrong-pin' };
    const versions = world.versions.get(taskId) ?? [];
    const [newest] = versions;
    if (newest?.reportUuid !== basedOn) return { status: 'superseded' };
    const next = nextVersion(newest, newest.body, now());
    const added = { text: 'text' in change ? change.text : '', signedBy: 'Lee^Dana', signedAt: now() };
    world.amendments.delete(`${taskId} ${change.kind}`);
    world.versions.set(taskId, [
      change.kind === 'addendum'
        ? { ...next, state: 'appended', addenda: [...newest.addenda, added] }
        : change.kind === 'correction'
          ? { ...next, state: 'corrected', body: change.body, reason: change.reason }
          : { ...next, state: 'entered-in-error', reason: change.reason },
      ...versions,
    ]);
    return { status: 'signed', reportId: next.reportUuid, deliveries: [] };
  },
  amendmentDraft: ({ taskId, kind }) => world.amendments.get(`${taskId} ${kind}`) ?? { revision: 0 },
  saveAmendment: ({ taskId, kind, revision, body }) => {
    const kept = world.amendments.get(`${taskId} ${kind}`)?.revision ?? 0;
    if (kept !== revision) return { status: 'stale', revision: kept };
    // Parsed from JSON: an absent key is absent.
    const draft = { savedAt: now(), body: body as KeptAmendment['body'] };
    world.amendments.set(`${taskId} ${kind}`, { revision: kept + 1, draft });
    return { status: 'saved', revision: kept + 1, savedAt: draft.savedAt };
  },
  reportVersions: ({ taskId }) => ({ versions: world.versions.get(taskId) ?? [] }),
  waitingSignatures: () => ({ reports: world.waiting }),
  settleSignature: ({ reportUuid, act, reason }) => {
    if (act === 'discard' && reason.trim() === '') return { status: 'reason-needed' };
    world.waiting = world.waiting.filter((report) => report.reportUuid !== reportUuid);
    return { status: 'done' };
  },
  discrepancies: () => ({ notices: world.discrepancies }),
  discrepancySeen: ({ id }) => {
    world.discrepancies = world.discrepancies.filter((notice) => notice.id !== id);
    return { status: 'seen' };
  },
  signingKey: () => ({ keyId: 'thumbprint', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }),
  exportAudit: () => ({ status: 'not-written' }),
});

/** The case as it opens for who makes final what another wrote: with that text, until there is one of their own. */
export const withFirstReader = (opened: OpenCase, attests: OpenCase['attests'], isFresh: boolean): OpenCase =>
  attests === undefined
    ? opened
    : { ...opened, attests, draft: isFresh ? { ...opened.draft, body: attests.before } : opened.draft };

/** The one sentence that a final signature under this text needs. */
export const attestationDue = (attests: OpenCase['attests'], body: OpenCase['draft']['body']): string | undefined =>
  attests === undefined ? undefined : saysTheSame(attests.before, body) ? attests.unchanged : attests.changed;
