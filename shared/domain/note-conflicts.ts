import { examFactsFromText } from './exam-facts.ts';
import { isNoAllergy } from './note-kinds.ts';
import type { ToldFact } from './notes.ts';
import type { Exam } from './order.ts';
import { ageInYears, type Sex } from './patient.ts';
import { TOPICS } from './pertinent-notes.ts';

export interface NoteStatement {
  readonly text: string;
  readonly source: string;
  readonly at?: number;
}

/** Sources that cannot both be right. Shown with both, never resolved in silence. */
export interface NoteConflict {
  readonly about: string;
  readonly statements: readonly [NoteStatement, NoteStatement];
}

export interface ToldCase {
  readonly exam: Exam;
  readonly reason?: string;
  readonly patient: { readonly sex: Sex; readonly birthDate?: string };
  readonly facts: readonly ToldFact[];
}

type Rule = (told: ToldCase, now: number) => readonly NoteConflict[];

const statementOf = ({ label, text, source, at }: ToldFact): NoteStatement => ({
  text: label === '' || label === text ? text : `${label} ${text}`.trim(),
  source,
  ...(at === undefined ? {} : { at }),
});

/** The first of either side: one pair says it. */
function against(about: string, one: readonly ToldFact[], other: readonly ToldFact[]): readonly NoteConflict[] {
  const [first, second] = [one[0], other[0]];
  return first === undefined || second === undefined
    ? []
    : [{ about, statements: [statementOf(first), statementOf(second)] }];
}

const wordsOf = ({ label, text }: ToldFact): string => `${label} ${text}`;
/** What was written of this patient now; a prior report speaks of another day. */
const ofToday = ({ kind }: ToldFact): boolean => kind !== 'prior-report' && kind !== 'document';
const DENIED = /\b(?:no|not|none|without|denies|denied|negative|never|absent)\b/i;

const allergies: Rule = ({ facts }) => {
  const told = facts.filter(({ kind }) => kind === 'allergy' || kind === 'contrast-reaction');
  const isNone = (fact: ToldFact) =>
    isNoAllergy(fact.label) || isNoAllergy(fact.text) || /^(?:none|no)$/i.test(fact.text);
  return against(
    'Allergies',
    told.filter(isNone),
    told.filter((fact) => !isNone(fact) && !DENIED.test(fact.text)),
  );
};

const NOT_PREGNANT = /\bnot pregnant|\bnegative\b|\bno\b|\bnone\b|denie[sd]|hysterectomy|post-?menopausal/i;
const PREGNANT = /\b(?:definitely |is )?pregnant\b|\bpositive\b|\bgravid|\b\d+ ?(?:weeks|wks)\b|^yes$/i;
/** What somebody is not sure of contradicts nobody. */
const UNSURE = /possibl|unknown|may be|unsure|\?/i;

const pregnancy: Rule = ({ facts, patient }) => {
  const told = facts.filter((fact) => fact.kind === 'pregnancy' && !UNSURE.test(fact.text));
  const yes = told.filter(({ text }) => !NOT_PREGNANT.test(text) && PREGNANT.test(text));
  const no = told.filter(({ text }) => NOT_PREGNANT.test(text));
  const [first] = yes;
  const ofMan: readonly NoteConflict[] =
    patient.sex === 'M' && first !== undefined
      ? [{ about: 'Pregnancy', statements: [{ text: 'Sex male', source: 'Order' }, statementOf(first)] }]
      : [];
  return [...against('Pregnancy', no, yes), ...ofMan];
};

const DEVICES =
  /\b(?:pacemaker|ICD|defibrillator|aneurysm clips?|cochlear implants?|(?:neuro)?stimulator|implants?|metal)\b/i;

/** "no pacemaker" denies pacemakers, "none" under implants denies all. */
function stanceOnDevices(fact: ToldFact): 'has' | 'has-not' | undefined {
  const words = wordsOf(fact);
  if (fact.kind === 'implant') return DENIED.test(words) ? 'has-not' : 'has';
  if (!DEVICES.test(words)) return undefined;
  const sentence = words.split(/[.;\n]/).find((each) => DEVICES.test(each)) ?? '';
  return DENIED.test(sentence) ? 'has-not' : 'has';
}
const deviceIn = (fact: ToldFact): string | undefined => DEVICES.exec(wordsOf(fact))?.[0].toLowerCase();

const implants: Rule = ({ facts }) => {
  const told = facts.filter(ofToday).filter(({ kind }) => kind !== 'reason' && kind !== 'lab');
  const has = told.filter((fact) => stanceOnDevices(fact) === 'has');
  const hasNot = told.filter((fact) => stanceOnDevices(fact) === 'has-not');
  const general = /^(?:implants?|metal)$/;
  const pair = hasNot.flatMap((no) =>
    has
      .filter((yes) => {
        const [denied, there] = [deviceIn(no), deviceIn(yes)];
        return denied === undefined || general.test(denied) || denied === there;
      })
      .map((yes) => [no, yes] as const),
  )[0];
  return pair === undefined ? [] : against('Implants', [pair[0]], [pair[1]]);
};

const anticoagulation: Rule = ({ facts }) => {
  const told = facts.filter(TOPICS.anticoagulation.isAbout);
  const isDenied = (fact: ToldFact) => DENIED.test(fact.text) || /\bno\b/i.test(fact.label);
  return against(
    'Anticoagulation',
    told.filter(isDenied),
    told.filter((fact) => !isDenied(fact)),
  );
};

const HOUR_MS = 3_600_000;
/** Two laboratories rarely agree to the last digit. */
const TOLERANCE = 0.1;
const numberIn = (text: string): number | undefined => {
  const found = /-?\d+(?:\.\d+)?/.exec(text.replaceAll(',', '.'))?.[0];
  return found === undefined ? undefined : Number(found);
};
const unitIn = (text: string): string => (/\d\s*([a-zµμ%][^\s(]*)/i.exec(text)?.[1] ?? '').toLowerCase();

/** The same thing measured at the same time: another value on another day is a course, not a contradiction. */
function isSameMeasurement(one: ToldFact, other: ToldFact): boolean {
  const isSameTime =
    one.at === undefined || other.at === undefined ? one.at === other.at : Math.abs(one.at - other.at) <= HOUR_MS;
  const [unit, otherUnit] = [unitIn(one.text), unitIn(other.text)];
  return (
    one.label.trim().toLowerCase() === other.label.trim().toLowerCase() &&
    isSameTime &&
    (unit === otherUnit || unit === '' || otherUnit === '')
  );
}

const measurements: Rule = ({ facts }) => {
  const measured = facts.filter((fact) => fact.kind === 'lab' || TOPICS.weight.isAbout(fact));
  return measured.flatMap((one, place) =>
    measured.slice(place + 1).flatMap((other) => {
      const [value, otherValue] = [numberIn(one.text), numberIn(other.text)];
      if (!isSameMeasurement(one, other) || value === undefined || otherValue === undefined) return [];
      const apart = Math.abs(value - otherValue) / Math.max(Math.abs(value), Math.abs(otherValue), 1e-9);
      return apart <= TOLERANCE ? [] : against(one.label, [one], [other]);
    }),
  );
};

const reasonsOf = ({ reason, facts }: ToldCase): readonly NoteStatement[] => [
  ...(reason === undefined ? [] : [{ text: reason, source: 'Order' }]),
  ...facts
    .filter(
      ({ kind, text }) => (kind === 'reason' || kind === 'history' || kind === 'technologist-note') && text !== reason,
    )
    .map(statementOf),
];

const sidesIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\b(left|right)\b/gi)].map(([side]) => side.toLowerCase()));

/** Only where the exam has a side, and the text names the other one and not this one. */
const side: Rule = (told) => {
  const ordered = told.exam.laterality ?? examFactsFromText(told.exam.text).laterality;
  if (ordered !== 'left' && ordered !== 'right') return [];
  const wrong = reasonsOf(told).find(({ text }) => {
    const sides = sidesIn(text);
    return sides.size === 1 && !sides.has(ordered);
  });
  return wrong === undefined
    ? []
    : [{ about: 'Side', statements: [{ text: `${told.exam.text} (${ordered})`, source: 'Order' }, wrong] }];
};

const NO_CONTRAST =
  /\b(?:no|without)(?: (?:iv|intravenous))? contrast\b|contrast (?:was )?(?:refused|withheld|not (?:given|administered))|non-?contrast/i;
const CONTRAST_GIVEN =
  /contrast (?:was )?(?:given|administered|injected)|\b\d+ ?m[lL]\b.*(?:omnipaque|isovue|iohexol|iopamidol|visipaque|gadavist|dotarem)|(?:omnipaque|isovue|iohexol|iopamidol|visipaque|gadavist|dotarem).*\b\d+ ?m[lL]\b/i;

/** A protocol of several phases speaks of both. */
const WITH_CONTRAST =
  /\b(?:with|after|post)-?(?: (?:iv|intravenous))? ?contrast\b|\b(?:arterial|venous|portal|nephrographic|delayed|enhanced) (?:phase|series|images)/i;

const contrast: Rule = ({ exam, facts }) => {
  const ordered = exam.contrast ?? examFactsFromText(exam.text).contrast;
  if (ordered === undefined) return [];
  const done = facts.filter(({ kind }) => kind === 'technologist-note' || kind === 'protocol' || kind === 'other');
  const isAgent = ({ label, text }: ToldFact) => /^contrast agent$/i.test(label) && !DENIED.test(text);
  const wrong = done.find((fact) => {
    const words = wordsOf(fact);
    const isGiven = CONTRAST_GIVEN.test(words) || WITH_CONTRAST.test(words);
    const isNone = NO_CONTRAST.test(words) && !isGiven;
    return ordered ? isNone : !isNone && (isAgent(fact) || CONTRAST_GIVEN.test(words));
  });
  const how = ordered ? 'with contrast' : 'without contrast';
  return wrong === undefined
    ? []
    : [{ about: 'Contrast', statements: [{ text: `ordered ${how}`, source: 'Order' }, statementOf(wrong)] }];
};

const WHO =
  /\b(\d{1,3}) ?-?(?:y\.?\/?o\.?|yrs?\b\.?(?: ?-?old)?|years?(?: |-)old)[ ,-]*(male|female|man|woman|boy|girl|m|f)?\b/i;
const MALE = /^(?:male|man|boy|m)$/i;

/** "45 yo M" in the words of the order, and somebody else in its fields. */
const whoIsTold: Rule = (told, now) => {
  const age = ageInYears(told.patient.birthDate, now);
  const wrong = reasonsOf(told).find(({ text }) => {
    const who = WHO.exec(text);
    if (who === null) return false;
    const isOtherAge = age !== undefined && Math.abs(Number(who[1]) - age) > 1;
    const sex = who[2] === undefined ? undefined : MALE.test(who[2]) ? 'M' : 'F';
    const isSexKnown = told.patient.sex === 'M' || told.patient.sex === 'F';
    return isOtherAge || (sex !== undefined && isSexKnown && sex !== told.patient.sex);
  });
  if (wrong === undefined) return [];
  const own = [age === undefined ? undefined : `${age} years`, SEX_WORDS[told.patient.sex]].filter(
    (word) => word !== undefined,
  );
  return [{ about: 'Patient', statements: [{ text: own.join(', '), source: 'Order' }, wrong] }];
};
const SEX_WORDS: Readonly<Record<Sex, string | undefined>> = { M: 'male', F: 'female', O: 'other', unknown: undefined };

const RULES: readonly Rule[] = [
  whoIsTold,
  allergies,
  pregnancy,
  implants,
  anticoagulation,
  side,
  contrast,
  measurements,
];

/** Every contradiction among what was told of a case, by rules alone. */
export const noteConflicts = (told: ToldCase, now: number): readonly NoteConflict[] =>
  RULES.flatMap((rule) => rule(told, now));
