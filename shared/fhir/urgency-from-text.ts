import type { AiResult, ClockPause, Escalation } from '../domain/urgency.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { recordOf, textOf } from './fhir-text.ts';

type Json = Readonly<Record<string, unknown>>;

function parsed(text: string): Json {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

const moment = (value: unknown): EpochMs | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? (value as EpochMs) : undefined;

/** Undefined for a text that is not one of ours. */
export function escalationFromText(text: string): Escalation | undefined {
  const json = parsed(text);
  const at = moment(json['at']);
  return at === undefined ? undefined : { at, by: textOf(json['by']) ?? '', reason: textOf(json['reason']) ?? '' };
}

export function pauseFromText(text: string): ClockPause | undefined {
  const json = parsed(text);
  const [from, until] = [moment(json['from']), moment(json['until'])];
  if (from === undefined) return undefined;
  return { from, ...(until === undefined ? {} : { until }), reason: textOf(json['reason']) ?? '' };
}

/** A text that is not one of ours is a finding in words. */
export function aiResultFromText(text: string): AiResult | undefined {
  const json = parsed(text);
  const finding = textOf(json['finding']);
  if (finding === undefined) return text.trim().startsWith('{') || text.trim() === '' ? undefined : { finding: text };
  const { probability } = json;
  const algorithm = textOf(json['algorithm']);
  const at = moment(json['at']);
  return {
    finding,
    ...(typeof probability === 'number' && Number.isFinite(probability) ? { probability } : {}),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(at === undefined ? {} : { at }),
  };
}
