import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { sentencesOf } from './sentences.ts';

const FEMALE_ORGANS =
  /\b(?:uter(?:us|ine)|endometri\w*|myometri\w*|ovar(?:y|ies|ian)|adnexa\w*|fallopian|vagin\w*|(?:uterine )?cervix\b|salpin\w*|(?:intrauterine |ectopic )?pregnan\w*|gravid|placenta\w*|hysterectomy)\b/i;
const MALE_ORGANS =
  /\b(?:prostat\w*|seminal vesicles?|testi(?:s|cle|cles|cular)|testes|scrot(?:um|al)|epididym\w*|penis|penile|spermatic cord|vas deferens|orchi\w+)\b/i;
/** Words for the patient; `male` inside `female` is excluded by the word boundary. */
const MALE_WORDS = /\b(?:male|man|gentleman|boy|he|his|him)\b/i;
const FEMALE_WORDS = /\b(?:female|woman|lady|girl|she|her|hers)\b/i;

function checkSex({ patient }: CheckFacts, body: ReportBody): Complaint[] {
  const against =
    patient.sex === 'M'
      ? { organ: FEMALE_ORGANS, word: FEMALE_WORDS, is: 'male' }
      : patient.sex === 'F'
        ? { organ: MALE_ORGANS, word: MALE_WORDS, is: 'female' }
        : undefined;
  if (against === undefined) return [];
  return sentencesOf(body, ['indication', 'technique', 'findings', 'impression', 'other']).flatMap(
    ({ section, role, text }): Complaint[] => {
      const organ = role === 'indication' ? null : against.organ.exec(text);
      const found = organ ?? against.word.exec(text);
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

const AGE = /\b(\d{1,3})[\s-]*(?:years?[\s-]*old|year[\s-]old|y\/?o|yo)\b/i;
const YEAR_MS = 365.2425 * 24 * 60 * 60 * 1000;

function checkAge({ patient, at }: CheckFacts, body: ReportBody): Complaint[] {
  const born = patient.birthDate === undefined ? Number.NaN : Date.parse(patient.birthDate);
  if (at === undefined || Number.isNaN(born)) return [];
  const age = Math.floor((at - born) / YEAR_MS);
  return sentencesOf(body, ['indication', 'findings', 'impression', 'other']).flatMap(
    ({ section, text }): Complaint[] => {
      const said = AGE.exec(text);
      if (said === null || Math.abs(Number(said[1]) - age) <= 1) return [];
      return [
        {
          code: 'age',
          severity: 'warn',
          section,
          quote: said[0],
          message: `The report says ${said[1]} years; the patient is ${age}.`,
          fix: 'Correct the age, or make sure that this is the right patient.',
        },
      ];
    },
  );
}

const TITLED_NAME = /\b(?:Mr|Mrs|Ms|Miss)\.?\s+(\p{Lu}[\p{L}'’-]+)/gu;

function checkName({ patient }: CheckFacts, body: ReportBody): Complaint[] {
  const own = patient.name.toLowerCase();
  if (own.replaceAll(/[\^=\s]/g, '') === '') return [];
  return sentencesOf(body, ['indication', 'technique', 'comparison', 'findings', 'impression', 'other']).flatMap(
    ({ section, text }) =>
      [...text.matchAll(TITLED_NAME)]
        .filter(([, name]) => !own.includes((name ?? '').toLowerCase()))
        .map(([quote]): Complaint => ({
          code: 'other-patient',
          severity: 'warn',
          section,
          quote,
          message: `"${quote}" is not the patient's name.`,
          fix: 'Make sure that this is the right patient.',
        })),
  );
}

export const checkIdentity = (facts: CheckFacts, body: ReportBody): Complaint[] => [
  ...checkSex(facts, body),
  ...checkAge(facts, body),
  ...checkName(facts, body),
];
