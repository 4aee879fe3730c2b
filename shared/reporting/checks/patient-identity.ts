import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { ageAt, type CheckFacts } from './check-facts.ts';
import { datesIn } from './written-dates.ts';
import { sentencesOf } from './sentences.ts';

const FEMALE_ORGANS =
  /\b(?:uter(?:us|ine)|endometri\w*|myometri\w*|ovar(?:y|ies|ian)|adnexa\w*|fallopian|vagin(?:a|al|ally)|(?:uterine )?cervix\b|salpin\w*|(?:intrauterine |ectopic )?pregnan\w*|gravid|placenta\w*|hysterectomy)\b/i;
const MALE_ORGANS =
  /\b(?:prostat\w*|seminal vesicles?|testi(?:s|cle|cles|cular)|testes|scrot(?:um|al)|epididym\w*|penis|penile|spermatic cord|vas deferens|orchi\w+)\b/i;
/** Words for the patient; `male` inside `female` is excluded by the word boundary. */
const MALE_WORDS = /\b(?:male|man|gentleman|boy|he|(?<!\b(?:of|angle|bundle) )his|him)\b(?!-)/i;
const FEMALE_WORDS = /\b(?:female|woman|lady|girl|she|her|hers)\b(?!-)/i;
/** `Mr. Miller`, `54M`: only as written with capitals. */
const MALE_FORMS = /\bMr\.? \p{Lu}|\b\d{1,3} ?M(?=[\s,.;)]|$)/u;
const FEMALE_FORMS = /\b(?:Mrs|Ms)\.? \p{Lu}|\b\d{1,3} ?F(?=[\s,.;)]|$)/u;
/** The sentence may be about somebody else. */
const RELATIVES =
  /\b(?:mother|father|parents?|husband|wife|partner|spouse|son|daughter|brother|sister|sibling|family|f(?:o)?etus|f(?:o)?etal|genitalia|twin|newborn|baby|physician|surgeon|doctor|nurse|caretaker|caregiver|donor|reports that|informed|told|spoke|discussed)\b/i;

function checkSex({ patient }: CheckFacts, body: ReportBody): Complaint[] {
  const against =
    patient.sex === 'M'
      ? { organ: FEMALE_ORGANS, word: FEMALE_WORDS, form: FEMALE_FORMS, is: 'male' }
      : patient.sex === 'F'
        ? { organ: MALE_ORGANS, word: MALE_WORDS, form: MALE_FORMS, is: 'female' }
        : undefined;
  if (against === undefined) return [];
  return sentencesOf(body, ['indication', 'technique', 'findings', 'impression', 'other']).flatMap(
    ({ section, role, text }): Complaint[] => {
      const organ = role === 'indication' ? null : against.organ.exec(text);
      const form = role === 'indication' ? against.form.exec(text) : null;
      const found = organ ?? (RELATIVES.test(text) ? null : (against.word.exec(text) ?? form));
      if (found === null) return [];
      return [
        {
          code: 'sex',
          severity: 'warn',
          section,
          quote: text,
          message: `"${found[0]}", but the patient is ${against.is}.`,
          fix: 'Remove it, or make sure that this is the right patient.',
        },
      ];
    },
  );
}

const AGE =
  /\b(\d{1,3})[\s-]*(?:years?[\s-]*old|years? of age|year[\s-]old|y\.?\s?\/?\s?o\b|yo\b|yrs?\b)|\baged (\d{1,3})\b/i;

function checkAge(facts: CheckFacts, body: ReportBody): Complaint[] {
  const age = ageAt(facts);
  if (age === undefined) return [];
  return sentencesOf(body, ['indication', 'findings', 'impression', 'other']).flatMap(
    ({ section, text }): Complaint[] => {
      const said = AGE.exec(text);
      if (said === null || RELATIVES.test(text) || ABOUT_THE_PAST.test(text)) return [];
      const years = Number(said[1] ?? said[2]);
      if (Math.abs(years - age) <= 1) return [];
      return [
        {
          code: 'age',
          severity: 'warn',
          section,
          quote: said[0],
          message: `The report says ${years} years; the patient is ${age}.`,
          fix: 'Correct the age, or make sure that this is the right patient.',
        },
      ];
    },
  );
}
/** "Since the age of 12", "a 10-year-old fracture" */
const ABOUT_THE_PAST =
  /\b(?:since|ago|at the age|when|fracture|injury|implant|stent|hardware|prosthesis|screening|between|over|under)\b/i;

/** `Mr. Miller`, `Patient: Miller, Anne`, `Name: MILLER^ANNE`: who the text says the patient is. */
const NAMES: readonly RegExp[] = [
  /\b(?:Mr|Mrs|Ms|Miss)\.?\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?)/gu,
  /\b(?:[Pp]atient(?:'s)?(?: name)?|PATIENT(?: NAME)?|(?:[Pp]atient )?[Nn]ame|NAME)\s*[:=]\s*(\p{Lu}[\p{L}'’-]+(?:(?:,\s*|\^|\s+)\p{Lu}[\p{L}'’-]+)?)/gu,
  /\b[Pp]atient (\p{Lu}\p{Ll}[\p{L}'’-]+ \p{Lu}\p{Ll}[\p{L}'’-]+)\b/gu,
];
const BORN =
  /\b(?:DOB|D\.O\.B\.|date of birth|born(?: on)?)\s*[:=]?\s*(\S+(?: \p{L}+\.?,? \d{4}| \d{1,2},? \d{4})?)/giu;

function checkName({ patient }: CheckFacts, body: ReportBody): Complaint[] {
  const own = patient.name.toLowerCase();
  const isKnown = own.replaceAll(/[\^=\s]/g, '') !== '';
  const isOwn = (name: string): boolean =>
    name
      .toLowerCase()
      .split(/[\s,^]+/)
      .some((part) => part !== '' && own.includes(part));
  const day = patient.birthDate?.slice(0, 10) ?? '';
  return sentencesOf(body, ['indication', 'technique', 'comparison', 'findings', 'impression', 'other']).flatMap(
    ({ section, text }) => {
      const names = isKnown
        ? NAMES.flatMap((pattern) => [...text.matchAll(pattern)]).filter(([, name]) => !isOwn(name ?? ''))
        : [];
      const births = [...text.matchAll(BORN)].filter(([, said]) => {
        const [date] = datesIn(said ?? '');
        return day !== '' && date !== undefined && !date.meanings.some((meaning) => day.startsWith(meaning));
      });
      return [...names, ...births].map(([quote]): Complaint => ({
        code: 'other-patient',
        severity: 'warn',
        section,
        quote,
        message: `"${quote}" is not this patient.`,
        fix: 'Make sure that this is the right patient.',
      }));
    },
  );
}

export const checkIdentity = (facts: CheckFacts, body: ReportBody): Complaint[] => [
  ...checkSex(facts, body),
  ...checkAge(facts, body),
  ...checkName(facts, body),
];
