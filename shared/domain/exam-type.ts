import { toIso, type EpochMs } from '../kernel/clock.ts';
import { EXAM_TYPES, type ExamType } from './exam-table.ts';
import type { Exam } from './order.ts';
import { WRVU_TABLES, type WrvuTable } from './wrvu-table.ts';

const OTHER = EXAM_TYPES.find(({ id }) => id === 'other') ?? { id: 'other', meanMinutes: 10, sdMinutes: 9 };
const BY_ID: ReadonlyMap<string, ExamType> = new Map(EXAM_TYPES.map((type) => [type.id, type]));
export const examTypeById = (id: string): ExamType => BY_ID.get(id) ?? OTHER;

/** Plain film has several modality words in DICOM (PS3.3 C.7.3.1.1.1), and XR outside of it. */
const FILM = new Set(['CR', 'DX', 'XR', 'RF', 'RG']);

/** An exam's text may be of any length; its first words say what it is. */
const TEXT_LIMIT = 400;

/** The most special row that fits: body part over none, angiography and contrast only where the exam says so. */
export function examTypeOf(exam: Exam): ExamType {
  const modality = FILM.has(exam.modality ?? '') ? 'DX' : exam.modality;
  if (modality === undefined) return OTHER;
  const isAngio = /\b[CM][TR]A\b|angio/i.test(exam.text.slice(0, TEXT_LIMIT));
  let best: ExamType = OTHER;
  let bestScore = 0;
  for (const type of EXAM_TYPES) {
    if (type.modality !== modality) continue;
    if (type.bodyParts !== undefined && !type.bodyParts.includes(exam.bodyPart ?? '')) continue;
    if ((type.angio === true && !isAngio) || (type.contrast === true && exam.contrast !== true)) continue;
    const score =
      1 + (type.bodyParts === undefined ? 0 : 4) + (type.angio === true ? 2 : 0) + (type.contrast === true ? 1 : 0);
    if (score > bestScore) [best, bestScore] = [type, score];
  }
  return best;
}

/** 0 where no table names the type: pay is never guessed. Before the first table, the first holds. */
export function wrvuOf(type: ExamType, at: EpochMs, tables: readonly WrvuTable[] = WRVU_TABLES): number {
  const day = toIso(at).slice(0, 10);
  const byDay = tables.toSorted((one, other) => (one.from < other.from ? -1 : 1));
  const table = byDay.findLast(({ from }) => from <= day) ?? byDay[0];
  return table?.values[type.id] ?? 0;
}
