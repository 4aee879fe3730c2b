import type { Audit } from '#electron/ports/audit.ts';
import type { CallHandlers } from '#electron/workstation/door/api.ts';
import type { CallName, CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import type { AuditFacts } from '#shared/domain/audit-entry.ts';

type Told<Name extends CallName> = (request: CallRequest<Name>, answer: CallResponse<Name>) => readonly AuditFacts[];
type Table = { readonly [Name in CallName]?: Told<Name> };

/** Opening a case shows notes and, where there is one, the report: each is an act of its own. */
function openingOf(answer: { readonly status: string; readonly case?: OpenCase }, taskId?: string): AuditFacts[] {
  const opened = answer.case;
  if (opened === undefined) {
    const subject = taskId === undefined ? {} : { taskId };
    return [{ act: 'case.opened', outcome: 'refused', code: answer.status, ...subject }];
  }
  const subject = { taskId: opened.taskId, siteId: opened.row.siteId };
  return [
    { act: opened.canReport ? 'case.opened' : 'case.looked-at', ...subject },
    { act: 'notes.read', ...subject, count: opened.notes.facts.length },
    ...(opened.signed === undefined
      ? []
      : [
          {
            act: 'report.read' as const,
            ...subject,
            reportUuid: opened.signed.reportUuid,
            version: opened.signed.version,
          },
        ]),
  ];
}

const refusedUnless = (status: string, done: string): Pick<AuditFacts, 'outcome' | 'code'> => ({
  outcome: status === done ? 'done' : 'refused',
  code: status,
});

/** What is written down of each call. Signing and its kin write their own; a call that is not here tells nobody anything of a patient. */
const TOLD: Table = {
  unlock: (_request, { status }) =>
    status === 'unlocked'
      ? [{ act: 'session.unlocked' }]
      : [{ act: 'session.refused', outcome: 'refused', code: status }],
  setPin: (_request, { status }) => [{ act: 'session.pin-set', ...refusedUnless(status, 'set') }],
  readNext: (_request, answer) => (answer.status === 'empty' ? [] : openingOf(answer)),
  openCase: ({ taskId }, answer) => openingOf(answer, taskId),
  closeCase: ({ taskId }) => [{ act: 'case.closed', taskId }],
  returnToList: ({ taskId }, { status }) => [{ act: 'case.returned', taskId, ...refusedUnless(status, 'returned') }],
  noteDocument: ({ taskId }, { status }) => [{ act: 'notes.read', taskId, ...refusedUnless(status, 'read'), count: 1 }],
  notesOutsideOrder: ({ taskId, reason }, answer) => [
    {
      act: 'break-glass.used',
      taskId,
      reason,
      ...refusedUnless(answer.status, 'read'),
      ...(answer.status === 'read' ? { count: answer.facts.length } : {}),
    },
  ],
  gradeRequisition: ({ taskId, grade, reason }, { status }) => [
    {
      act: 'requisition.graded',
      taskId,
      reason,
      ...refusedUnless(status, 'graded'),
      ...(status === 'graded' ? { code: grade } : {}),
    },
  ],
  escalate: ({ taskId, reason }, { status }) => [
    { act: 'case.escalated', taskId, reason, ...refusedUnless(status, 'escalated') },
  ],
  decline: ({ taskId, reason }, { status }) => [
    { act: 'case.declined', taskId, reason, ...refusedUnless(status, 'declined') },
  ],
  handOver: ({ taskId }, { status }) => [{ act: 'case.handed-over', taskId, ...refusedUnless(status, 'handed-over') }],
  reportVersions: ({ taskId }, { versions }) => [{ act: 'report.read', taskId, count: versions.length }],
  retryDelivery: ({ deliveryId }, { status }) => [
    { act: 'delivery.settled', deliveryId, ...refusedUnless(status, 'queued') },
  ],
  keepDisplayCheck: (_request, { check }) => [
    {
      act: 'display.checked',
      outcome: check.outcome === 'passed' ? 'done' : 'failed',
      code: check.displayKey,
      count: check.seen,
    },
  ],
  importFolder: (_request, answer) => [
    {
      act: 'folder.imported',
      ...refusedUnless(answer.status, 'imported'),
      ...(answer.status === 'imported' ? { siteId: answer.folder.siteId, count: answer.folder.instances } : {}),
    },
  ],
  importDropped: (_request, answer) => [
    {
      act: 'folder.imported',
      ...refusedUnless(answer.status, 'imported'),
      ...(answer.status === 'imported' ? { siteId: answer.folder.siteId, count: answer.folder.instances } : {}),
    },
  ],
};

/** The same handlers, each writing down what it did. */
export function auditedCalls(handlers: CallHandlers, audit: Audit): CallHandlers {
  const audited = { ...handlers };
  const wrap = <Name extends CallName>(name: Name, told: Told<Name> | undefined): void => {
    if (told === undefined) return;
    const handle = handlers[name] as unknown as (request: CallRequest<Name>) => Promise<CallResponse<Name>>;
    const wrapped = async (request: CallRequest<Name>): Promise<CallResponse<Name>> => {
      const answer = await handle(request);
      for (const facts of told(request, answer)) audit.record(facts);
      return answer;
    };
    Object.assign(audited, { [name]: wrapped });
  };
  for (const name of Object.keys(TOLD) as (keyof typeof TOLD)[]) wrap(name, TOLD[name] as Told<typeof name>);
  return audited;
}
