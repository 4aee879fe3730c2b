/** Everything that is written down: who looked at, asked for, changed, sent or let through what. A new act is one more line here. */
export const AUDIT_ACTS = [
  'audit.begun',
  'audit.sealed',
  'audit.exported',
  'session.started',
  'session.unlocked',
  'session.locked',
  'session.refused',
  'session.pin-set',
  'worklist.queried',
  'archive.queried',
  'case.opened',
  'case.looked-at',
  'case.closed',
  'case.returned',
  'case.declined',
  'case.handed-over',
  'case.picked',
  'case.escalated',
  'notes.read',
  'identity.decided',
  'match.decided',
  'match.used',
  'requisition.graded',
  'study.viewed',
  'study.listed',
  'study.exported',
  'report.read',
  'report.signed',
  'report.refused',
  'report.undone',
  'report.settled',
  'complaint.overridden',
  'break-glass.used',
  'delivery.attempted',
  'delivery.resent',
  'delivery.rerouted',
  'delivery.printed',
  'delivery.settled',
  'folder.imported',
  'display.checked',
  'critical.recorded',
  'critical.handed-over',
  'critical.called',
  'critical.acknowledged',
  'critical.escalated',
  'support.acted',
  'recommendation.recorded',
  'recommendation.reminded',
  'recommendation.closed',
  'question.asked',
  'question.sent',
  'question.answered',
  'inbox.invited',
  'inbox.code-made',
  'inbox.revoked',
  'inbox.opened',
  'inbox.refused',
  'inbox.answered',
] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

/** What is told about one act. Identifiers only: neither names nor report text, but for a reason in the actor's own words. */
export interface AuditFacts {
  readonly act: AuditAct;
  readonly outcome?: 'done' | 'refused' | 'failed';
  /** Another than the reader of this workstation: a program, a site's user. */
  readonly actor?: string;
  readonly taskId?: string;
  readonly siteId?: string;
  readonly studyInstanceUid?: string;
  readonly reportUuid?: string;
  readonly version?: number;
  readonly deliveryId?: string;
  readonly channel?: string;
  readonly code?: string;
  readonly count?: number;
  readonly reason?: string;
}

/** One link of the chain. `hash` is over the canonical text of all the rest, `previous` the hash of the link before: nothing can be taken out or put in between. */
export interface AuditEntry extends AuditFacts {
  /** From 1, without gaps. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly actor: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
  /** `audit.sealed` and `audit.exported`: detached JWS of the reader's key over `previous`, so that the end cannot be cut off and the whole not be written anew. */
  readonly signature?: string;
}

export const NO_ENTRY_BEFORE = '0'.repeat(64);
