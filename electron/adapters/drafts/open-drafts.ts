import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import type { AmendmentPlace, DraftStore, KeptDraft, Sealer } from '#electron/workstation/ports.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { Amendment } from '#shared/reporting/amendment.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import { createDraftRows, DRAFT_MIGRATIONS } from './draft-rows.ts';

export interface OpenDrafts extends DraftStore {
  close(): void;
}

/** Opens (and creates) the drafts of this installation. An acknowledged save has reached the disk (WAL, synchronous=FULL). */
export function openDrafts(
  path: string,
  options: {
    readonly sealer: Sealer;
    readonly log: Log;
    /** Keeps the file from growing beyond so many pages of 4 KiB; unlimited where absent. */
    readonly maxPages?: number;
  },
): OpenDrafts {
  const { log, maxPages } = options;
  const database = openDatabase(path, DRAFT_MIGRATIONS);
  // What is wiped is overwritten, not only forgotten.
  database.pragma('secure_delete = ON');
  if (maxPages !== undefined) database.pragma(`max_page_count = ${maxPages}`);
  const reports = createDraftRows<ReportBody>(database, options);
  const amendments = createDraftRows<Amendment>(database, options);
  const sign = database.prepare(
    `UPDATE draft SET signed_as = ?3 WHERE place = ?1 AND reader_id = ?2 AND revision = (
       SELECT max(revision) FROM draft AS newest WHERE newest.place = ?1 AND newest.reader_id = ?2)`,
  );
  const reopen = database.prepare('UPDATE draft SET signed_as = NULL WHERE signed_as = ?');

  const places = database.prepare('SELECT DISTINCT place FROM draft WHERE reader_id = ?');
  const unsigned = database.prepare(
    `SELECT 1 FROM draft WHERE place = ?1 AND reader_id = ?2 AND signed_as IS NULL AND revision = (
       SELECT max(revision) FROM draft AS newest WHERE newest.place = ?1 AND newest.reader_id = ?2)`,
  );
  const wipePlace = database.prepare('DELETE FROM draft WHERE place = ? AND reader_id = ?');
  const placesOf = (readerId: string): string[] =>
    (places.all(readerId) as { readonly place: string }[]).map(({ place }) => place);

  return {
    async history(taskId, readerId) {
      const kept = await reports.history(taskId, readerId);
      return kept.flatMap(({ body, ...rest }) => (body === undefined ? [] : [keptDraft({ ...rest, body })]));
    },
    async adopt({ taskId, ...place }, states) {
      const last = states.at(-1);
      if (last === undefined) return { status: 'not-saved', reason: 'failed' };
      const { savedAt, body } = last;
      const saved = await reports.appendAll({ place: taskId, ...place }, states);
      return saved.status === 'saved'
        ? { status: 'saved', draft: { state: 'draft', revision: saved.revision, savedAt, body } }
        : saved;
    },
    async lastByAnother(taskId, readerId) {
      const found = await reports.newestByAnother(taskId, readerId);
      if (found?.body === undefined || found.writer === undefined) return undefined;
      return { savedAt: found.savedAt, body: found.body, writer: found.writer };
    },
    writtenFor: (readerId) => [...new Set(placesOf(readerId).map((place) => place.split('|')[0] as TaskId))],
    wipe(taskId, readerId) {
      try {
        for (const place of placesOf(readerId)) {
          const isReport = place === taskId;
          const isAmendment = place.startsWith(`${taskId}|`);
          if (isReport || (isAmendment && unsigned.get(place, readerId) === undefined)) wipePlace.run(place, readerId);
        }
        database.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        log.error('draft.not-wiped', { taskId });
      }
    },
    async load(taskId, readerId) {
      const found = await reports.newest(taskId, readerId);
      if (found === undefined) return undefined;
      const { body, ...rest } = found;
      return body === undefined ? { state: 'unreadable', revision: rest.revision } : keptDraft({ ...rest, body });
    },
    async save({ taskId, ...draft }) {
      const saved = await reports.append({ place: taskId, ...draft });
      const { body, savedAt } = draft;
      return saved.status === 'saved'
        ? { status: 'saved', draft: { state: 'draft', revision: saved.revision, savedAt, body } }
        : saved;
    },
    async loadAmendment(place) {
      const found = await amendments.newest(placeOf(place), place.readerId);
      if (found === undefined) return undefined;
      const { revision, savedAt, isSigned, body } = found;
      if (isSigned) return { state: 'signed', revision };
      return body === undefined ? { state: 'unreadable', revision } : { state: 'draft', revision, savedAt, body };
    },
    async saveAmendment({ taskId, kind, ...draft }) {
      const saved = await amendments.append({ place: placeOf({ taskId, kind }), ...draft });
      const { body, savedAt } = draft;
      return saved.status === 'saved'
        ? { status: 'saved', draft: { state: 'draft', revision: saved.revision, savedAt, body } }
        : saved;
    },
    amendmentSigned(place, reportUuid) {
      try {
        sign.run(placeOf(place), place.readerId, reportUuid);
      } catch {
        log.error('draft.not-closed', { taskId: place.taskId });
      }
    },
    amendmentUndone(reportUuid) {
      try {
        reopen.run(reportUuid);
      } catch {
        log.error('draft.not-reopened');
      }
    },
    close() {
      database.close();
    },
  };
}

const keptDraft = ({ revision, savedAt, body, drawings, writer }: Omit<KeptDraft, 'state'>): KeptDraft => ({
  state: 'draft',
  revision,
  savedAt,
  body,
  drawings,
  ...(writer === undefined ? {} : { writer }),
});

const placeOf = ({ taskId, kind }: Omit<AmendmentPlace, 'readerId'>): string => `${taskId}|${kind}`;
