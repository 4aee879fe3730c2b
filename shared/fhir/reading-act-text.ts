import { READING_ACTS, type ReadingAct } from '../domain/reading-act.ts';
import type { RadiologistId } from '../domain/identifiers.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { recordOf, textOf } from './fhir-text.ts';

/** Keys in a fixed order, so that the same act is always the same text. */
export const readingActAsText = ({ kind, by, byName, at, reason, to, toName }: ReadingAct): string =>
  JSON.stringify({ kind, by, byName, at, reason, to, toName });

/** Undefined for a text that is not one of ours. */
export function readingActFromText(text: string): ReadingAct | undefined {
  let parsed: Readonly<Record<string, unknown>>;
  try {
    parsed = recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
  const kind = READING_ACTS.find((known) => known === parsed['kind']);
  const by = textOf(parsed['by']);
  const at = parsed['at'];
  if (kind === undefined || by === undefined || typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  const reason = textOf(parsed['reason']);
  const to = textOf(parsed['to']);
  const toName = textOf(parsed['toName']);
  return {
    kind,
    by: by as RadiologistId,
    byName: textOf(parsed['byName']) ?? by,
    at: at as EpochMs,
    ...(reason === undefined ? {} : { reason }),
    ...(to === undefined ? {} : { to: to as RadiologistId }),
    ...(toName === undefined ? {} : { toName }),
  };
}
