import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { isNegated } from './negation.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

const WITHOUT =
  /\b(?:without|w\/o|no|non[- ]?)\s*(?:(?:any|the|administration of|use of|i\.?v\.?|intravenous|oral|and|or)\s+)*(?:contrast|gadolinium)|\b(?:non[- ]?contrast\w*|unenhanced|non[- ]?enhanced|plain CT)\b|\bcontrast(?: agent| media| medium)?:\s*none\b|\bcontrast was not (?:given|administered)/i;
const WITH =
  /\b(?:with|after|following|post)\b(?:(?!\b(?:without|no|non|not|prior|before|oral|rectal|enteric)\b)[^.;,]){0,80}?\b(?:contrast|gadolinium|gadobutrol|gadoter\w+|gadoxet\w+|iohexol|iopamidol|iodixanol|iomeprol|iopromide)\b|\bcontrast[- ]enhanced\b|\bpost[- ]?contrast\b|\bcontrast(?: agent| media| medium)?:\s*(?:intravenous|gadolinium|yes|\d)|\b(?:contrast|gadolinium) (?:\w+ )?was (?:given|administered|injected)|\b\d+\s*m[lL] (?:of )?(?:i\.?v\.? |intravenous |non-?ionic |iodinated )*(?:contrast|iohexol|iopamidol|iodixanol|omnipaque|visipaque|isovue|ultravist|gadolinium|gadobutrol|gadavist|dotarem)|\bCE-?(?:CT|MRA?)\b|\b(?:arterial|portal|venous)(?: venous)? phase\b/i;
/** Contrast that is drunk or instilled goes with "without intravenous contrast". */
const BY_MOUTH = /\b(?:oral|rectal|enteric)(?: and | & | or |\/)/gi;

const BY_MOUTH_ONLY =
  /\b(?:no |with |without )?(?:oral|rectal|enteric) contrast(?: (?:\w+ ){0,3}(?:given|administered))?/gi;
const intravenousPart = (text: string): string => text.replaceAll(BY_MOUTH, '').replaceAll(BY_MOUTH_ONLY, ' ');

/** What the technique says of intravenous contrast; undefined when it says both (with and without) or nothing. */
function saidContrast(sentences: readonly Sentence[]): { readonly is: boolean; readonly at: Sentence } | undefined {
  const without = sentences.find(
    ({ text }) => WITHOUT.test(intravenousPart(text)) && !/with and without|without and with/i.test(text),
  );
  const withIt = sentences.find(
    ({ text }) =>
      WITH.test(intravenousPart(text).replace(WITHOUT, ' ')) || /with and without|without and with/i.test(text),
  );
  if (without !== undefined && withIt === undefined) return { is: false, at: without };
  if (withIt !== undefined) return { is: true, at: withIt };
  return undefined;
}

/** `undefined` where an exam's name says nothing of contrast. */
function namedContrast(exam: string): boolean | undefined {
  if (/\bw\/?\s*(?:and|&|\+)?\s*w\/?o\b|with and without|without and with/i.test(exam)) return true;
  if (/\b(?:without|w\/o|wo|non[- ]?contrast|unenhanced)\b/i.test(exam)) return false;
  if (/\b(?:with|w)\b[ /]*(?:iv )?(?:contrast|con\b|gad)|\bcontrast[- ]enhanced\b|\bCTA\b|\bangiogra/i.test(exam))
    return true;
  return undefined;
}

const ENHANCEMENT =
  /\b(?:enhanc\w+|opacif\w+ of the (?:\w+ ){0,3}(?:arter\w+|veins?|venous|vessels?|aorta|collecting)|arterial phase|portal venous phase)\b/i;

function checkContrast(facts: CheckFacts, body: ReportBody): Complaint[] {
  const { order, study } = facts;
  const given = study.contrast ?? order.contrast ?? namedContrast(order.exam);
  if (given === undefined) return [];
  const source = study.contrast === undefined ? 'the order is' : 'the images say that the exam was made';
  const words = (has: boolean): string => (has ? 'with contrast' : 'without contrast');
  const said = saidContrast(sentencesOf(body, ['technique']));
  const complaints: Complaint[] = [];
  if (said !== undefined && said.is !== given) {
    complaints.push({
      code: 'contrast',
      severity: 'warn',
      section: said.at.section,
      quote: said.at.text,
      message: `The technique says ${words(said.is)}; ${source} ${words(given)}.`,
      fix: 'Correct the technique.',
    });
  }
  if (!given && said?.is !== true) {
    for (const { section, text } of sentencesOf(body, ['findings', 'impression'])) {
      if (!ENHANCEMENT.test(text) || WITHOUT.test(text) || /cannot|limited|not assess/i.test(text)) continue;
      complaints.push({
        code: 'contrast-findings',
        severity: 'warn',
        section,
        quote: text,
        message: `This speaks of enhancement; ${source} without contrast.`,
        fix: 'Correct the finding, or the technique.',
      });
    }
  }
  return complaints;
}

const MODALITY_SAID: readonly (readonly [RegExp, string])[] = [
  [/\b(?:CT|CTA|CTPA|computed tomograph\w+)\b/i, 'CT'],
  [/\b(?:MRI?|MRA|MRCP|magnetic resonance)\b/, 'MR'],
  [/\b(?:ultrasound|sonograph\w+|sonogram|duplex|doppler)\b/i, 'US'],
  [/\b(?:radiographs?|x-?rays?|plain films?|(?:AP|PA)(?: and lateral)? views?)\b/i, 'XR'],
  [/\bmammogra\w+\b/i, 'MG'],
];
const GROUP: Readonly<Record<string, string>> = { CR: 'XR', DX: 'XR', DR: 'XR', RF: 'XR', XR: 'XR', MRI: 'MR' };

function checkModality({ study }: CheckFacts, body: ReportBody): Complaint[] {
  if (study.modality === undefined) return [];
  const imaged = GROUP[study.modality.toUpperCase()] ?? study.modality.toUpperCase();
  if (!MODALITY_SAID.some(([, group]) => group === imaged)) return [];
  const sentences = sentencesOf(body, ['technique']);
  const isNamed = sentences.some(({ text }) =>
    MODALITY_SAID.some(([pattern, group]) => group === imaged && pattern.test(text)),
  );
  if (isNamed) return [];
  for (const { section, text } of sentences) {
    for (const [pattern, group] of MODALITY_SAID) {
      const found = pattern.exec(text);
      if (found === null || group === imaged || isNegated(text, found.index, found[0].length)) continue;
      return [
        {
          code: 'modality',
          severity: 'warn',
          section,
          quote: text,
          message: `The technique says "${found[0]}"; the images are ${study.modality}.`,
          fix: 'Correct the technique, or make sure that these are the right images.',
        },
      ];
    }
  }
  return [];
}

export const checkTechnique = (facts: CheckFacts, body: ReportBody): Complaint[] => [
  ...checkContrast(facts, body),
  ...checkModality(facts, body),
];
