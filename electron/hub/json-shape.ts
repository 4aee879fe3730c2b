import { badRequest } from './refusal.ts';

/** Deeper than any FHIR resource in use; everything after parsing may then recurse without fear for the stack. */
const DEEPEST = 60;
/** Values in one resource: the checks that compare them with each other stay below a second. */
const MOST_VALUES = 50_000;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses a body that anyone may have written; throws a Refusal (400). */
export function parseJsonObject(text: string): JsonObject {
  refuseDeepNesting(text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON.');
  }
  if (!isObject(parsed)) throw badRequest('The body is not a JSON object.');
  return parsed;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseDeepNesting(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) throw badRequest('The body is nested too deeply.');
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
}

/** Too many values, or a key that would become the prototype of a copy; throws a Refusal (400). */
export function refuseUnusualShape(resource: JsonObject): void {
  let values = 0;
  const waiting: unknown[] = [resource];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) throw badRequest('The resource has a key that no resource has.');
    for (const value of Object.values(next)) {
      values += 1;
      if (value !== undefined) waiting.push(value);
    }
    if (values > MOST_VALUES) throw badRequest('The resource holds too many values.');
  }
}
