import type { Template, TemplateField } from '../report.ts';
import { oneOf } from './jsgf.ts';
import { readNumber } from './number-words.ts';
import { spokenOf, spokenUnit } from './spoken-of.ts';

/** Other ways to say what stands in a pick list. */
const ALSO_SAID: ReadonlyMap<string, readonly string[]> = new Map([
  ['none', ['no', 'negative']],
  ['both', ['both sides', 'bilateral']],
  ['bilateral', ['both', 'both sides']],
  ['midline', ['in the midline', 'median']],
  ['both sides', ['both', 'bilateral']],
  ['present', ['yes', 'positive']],
  ['right', ['right side', 'right sided']],
  ['left', ['left side', 'left sided']],
]);

const joined = (text: string): string => spokenOf(text).join(' ');

/** `4A low suspicion` can be said whole, or by its code, or by its words. */
function waysToSay(label: string): readonly string[] {
  const bare = label.replaceAll(/\s*\([^)]*\)/g, '');
  const coded = /^([0-9][A-Z]?|[A-Z])\s+(\S.*)$/.exec(bare);
  const parts = coded === null ? [] : [joined(coded[1] ?? ''), joined(coded[2] ?? '')];
  const whole = joined(label);
  return [...new Set([whole, joined(bare), ...parts, ...(ALSO_SAID.get(whole) ?? [])])].filter((way) => way !== '');
}

/** Between two levels “to” is as often left out, and the letter where it is the same: `l four to l five`, `l four five`. */
function withLevels(said: string): readonly string[] {
  const levels = /\b([ctls]) (\w+) to ([ctls]) /g;
  const without = said.replaceAll(levels, '$1 $2 $3 ');
  const short = said.replaceAll(levels, (all, one: string, number: string, other: string) =>
    one === other ? `${one} ${number} ` : all,
  );
  return [said, without, short];
}

/** Of ways to say several things those that mean one only; the first way to say a thing is its own whatever else it may mean. */
function unambiguous<Thing>(
  things: readonly (readonly [thing: Thing, ways: readonly string[]])[],
): ReadonlyMap<string, Thing> {
  const said = new Map<string, Thing>();
  for (const [thing, [first]] of things) if (first !== undefined && !said.has(first)) said.set(first, thing);
  const rest = things.flatMap(([thing, ways]) => ways.slice(1).map((way) => [way, thing] as const));
  for (const [way, thing] of rest) {
    const isShared = rest.some(([otherWay, other]) => otherWay === way && other !== thing);
    if (!said.has(way) && !isShared) said.set(way, thing);
  }
  return said;
}

/** The options of a field by the ways to say them; the value is what goes into the report. */
export const spokenOptions = ({ options = [] }: TemplateField): ReadonlyMap<string, string> =>
  unambiguous(
    options.filter(({ label }) => label !== '').map(({ value, label }) => [value, waysToSay(label)] as const),
  );

/** Fields by the ways to say their names: `Right lobe, longest` is also the right lobe. */
export const spokenFields = (template: Template, sectionId?: string): ReadonlyMap<string, TemplateField> =>
  unambiguous(
    template.sections
      .filter(({ id }) => sectionId === undefined || id === sectionId)
      .flatMap(({ fields }) => fields)
      .map((field) => {
        const bare = field.label.replaceAll(/\s*\([^)]*\)/g, '');
        const names = [field.label, bare, bare.split(',')[0] ?? ''].map(joined);
        return [field, names.flatMap(withLevels)] as const;
      }),
  );

const MM_PER: Readonly<Record<string, number>> = { mm: 1, cm: 10 };
const saidUnits = (unit: string | undefined): readonly string[] =>
  unit === undefined || unit === '' ? [] : unit in MM_PER ? ['mm', 'cm'] : [unit];

/** What may be said for the value of a field, as an expansion of the rules of `number-rules.ts`. */
export function valueExpansion(field: TemplateField): string {
  if (field.kind === 'choice' || field.kind === 'laterality') return oneOf([...spokenOptions(field).keys()]);
  if (field.kind === 'date') return '<date>';
  if (field.kind === 'text') return '<field-text>';
  const units = saidUnits(field.unit).flatMap((unit) => {
    const many = spokenUnit(unit).join(' ');
    return many.endsWith('meters') ? [many, many.slice(0, -1)] : [many];
  });
  // A length may be said in millimetres where the field is in centimetres.
  const most = (field.max ?? 999) * (field.unit === 'cm' ? 10 : 1);
  const number = most < 100 ? '<below-hundred>' : most < 1000 ? '<number>' : '<thousands>';
  const signed = (field.min ?? 0) < 0 ? '[minus] ' : '';
  return `(/20/ ${signed}${number} [<fraction>] | <fraction>)${units.length === 0 ? '' : ` [${units.join(' | ')}]`}`;
}

/** Rounds away what binary fractions add when centimetres become millimetres. */
const plain = (value: number): string => String(Number(value.toFixed(4)));

/** A number as said, in the field's own unit; undefined: no number, a foreign unit, or beyond what the field takes. */
export function numberValue(field: TemplateField, words: readonly string[]): string | undefined {
  const isMinus = words[0] === 'minus';
  const number = readNumber(words, isMinus ? 1 : 0);
  if (number === undefined) return undefined;
  const rest = words.slice((isMinus ? 1 : 0) + number.taken).join(' ');
  const unit = saidUnits(field.unit).find((one) => {
    const many = spokenUnit(one).join(' ');
    return rest === many || rest === many.replace(/s$/, '') || rest === one.toLowerCase();
  });
  if (rest !== '' && unit === undefined) return undefined;
  const factor = unit === undefined ? 1 : (MM_PER[unit] ?? 1) / (MM_PER[field.unit ?? ''] ?? 1);
  const value = Number(number.text) * factor * (isMinus ? -1 : 1);
  const isTaken = value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity);
  return isTaken ? plain(value) : undefined;
}
