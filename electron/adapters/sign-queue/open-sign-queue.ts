import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import type { Sealer } from '#electron/workstation/ports.ts';
import type { QueuedReport, SignQueue, WaitingReport } from '#electron/workstation/signing/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const MIGRATIONS = [
  `CREATE TABLE signed_report (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     report_uuid TEXT NOT NULL UNIQUE,
     task_id TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('waiting', 'set-aside', 'sent')),
     problem TEXT,
     sealed BLOB
   ) STRICT`,
  'ALTER TABLE signed_report ADD COLUMN undo_until INTEGER NOT NULL DEFAULT 0',
];

const contextOf = (reportUuid: string): string => `sign-queue:${reportUuid}`;

/**
 * Signed reports on disk, each sealed. A row that the hub has taken keeps its content as long as its signature may be taken back, and then its place without
 * content, so that a report can never be queued twice.
 */
export function openSignQueue(path: string, sealer: Sealer): SignQueue & { close(): void } {
  const database = openDatabase(path, MIGRATIONS);
  const insert = database.prepare(
    `INSERT INTO signed_report (report_uuid, task_id, state, sealed, undo_until) VALUES (?, ?, 'waiting', ?, ?)
     ON CONFLICT (report_uuid) DO NOTHING`,
  );
  const select = database.prepare('SELECT sealed FROM signed_report WHERE report_uuid = ?');
  const selectAll = database.prepare(
    `SELECT report_uuid, task_id, state, problem FROM signed_report WHERE state <> 'sent' ORDER BY seq`,
  );
  const aside = database.prepare(`UPDATE signed_report SET state = 'set-aside', problem = ? WHERE report_uuid = ?`);
  const back = database.prepare(
    `UPDATE signed_report SET state = 'waiting', problem = NULL WHERE report_uuid = ? AND state = 'set-aside'`,
  );
  const sent = database.prepare(`UPDATE signed_report SET state = 'sent' WHERE report_uuid = ?`);
  const removed = database.prepare(`UPDATE signed_report SET state = 'sent', sealed = NULL WHERE report_uuid = ?`);
  const forget = database.prepare(
    `UPDATE signed_report SET sealed = NULL WHERE state = 'sent' AND sealed IS NOT NULL AND undo_until <= ?`,
  );
  const selectUndoable = database.prepare(
    'SELECT report_uuid, task_id, undo_until FROM signed_report WHERE sealed IS NOT NULL AND undo_until > ? ORDER BY seq',
  );
  return {
    async put(report, undoUntil) {
      const { reportUuid } = report.signed;
      const plain = new TextEncoder().encode(JSON.stringify(report));
      const sealed = await sealer.seal(plain, contextOf(reportUuid));
      insert.run(reportUuid, report.task.id, Buffer.from(sealed), undoUntil);
    },
    list: () => (selectAll.all() as QueueRow[]).map(queuedReport),
    async get(reportUuid) {
      const row = select.get(reportUuid) as { sealed: Buffer | null } | undefined;
      if (row?.sealed === undefined || row.sealed === null || !sealer.isReady()) return undefined;
      const plain = await sealer.open(row.sealed, contextOf(reportUuid));
      return plain === undefined ? undefined : (JSON.parse(new TextDecoder().decode(plain)) as WaitingReport);
    },
    setAside(reportUuid, problem) {
      aside.run(problem, reportUuid);
    },
    putBack(reportUuid) {
      back.run(reportUuid);
    },
    sent(reportUuid) {
      sent.run(reportUuid);
    },
    remove(reportUuid) {
      removed.run(reportUuid);
    },
    undoable: (now) =>
      (selectUndoable.all(now) as UndoRow[]).map((row) => ({
        reportUuid: row.report_uuid,
        taskId: row.task_id as QueuedReport['taskId'],
        until: row.undo_until as EpochMs,
      })),
    forgetLeft(now) {
      forget.run(now);
    },
    close() {
      database.close();
    },
  };
}

interface UndoRow {
  readonly report_uuid: string;
  readonly task_id: string;
  readonly undo_until: number;
}

interface QueueRow {
  readonly report_uuid: string;
  readonly task_id: string;
  readonly state: QueuedReport['state'];
  readonly problem: string | null;
}

const queuedReport = (row: QueueRow): QueuedReport => ({
  reportUuid: row.report_uuid,
  taskId: row.task_id as QueuedReport['taskId'],
  state: row.state,
  ...(row.problem === null ? {} : { problem: row.problem }),
});
