import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { sentencesOf } from './sentences.ts';

/** What a recogniser writes for another word of the field, in places where only the other makes sense. */
const SOUND_ALIKES: readonly (readonly [written: RegExp, meant: string])[] = [
  [/\bprostrate\b/i, 'prostate'],
  [/\bplural (?:effusions?|thickening|fluid|plaques?|spaces?|surface|based)\b/i, 'pleural'],
  [/\bdiscreet (?:\w+ )?(?:nodules?|lesions?|mass(?:es)?|collections?|fractures?|abnormalit(?:y|ies))\b/i, 'discrete'],
  [/\b(?:terminal|distal|loops? of|small bowel and) ilium\b/i, 'ileum'],
  [/\bilium (?:is|are) (?:dilated|thickened|thick-walled)/i, 'ileum'],
  [/\b(?:fractures? of|fracture through) the (?:left |right )?ileum\b|\bileum fractures?\b/i, 'ilium'],
  [/\bperineal (?:nerve|tendons?)\b/i, 'peroneal'],
  [/\b(?:spinal|vocal) chords?\b/i, 'cord'],
  [
    /\b(?:know|now) (?:evidence of|acute (?:fracture|findings?|abnormality)|fracture|pneumothorax|haemorrhage|hemorrhage)\b/i,
    'no',
  ],
  [/\bthere (?:is|are) know\b/i, 'no'],
  [/\bmidline shaft\b/i, 'midline shift'],
  [/\bground[- ]class\b/i, 'ground-glass'],
  [/\b(?:vesicle|vesical) stones? in the (?:kidney|ureter)/i, 'renal'],
  [/\bmucus membranes?\b/i, 'mucous'],
  [/\bhumorous\b/i, 'humerus'],
  [/\bvenus (?:thrombosis|system|sinus|phase|flow)\b/i, 'venous'],
  [/\bnew mothorax\b/i, 'pneumothorax'],
  [/\binterval (?:not|knot)\b/i, 'no interval'],
];

export const checkSoundAlikes = (body: ReportBody): Complaint[] =>
  sentencesOf(body, ['indication', 'technique', 'findings', 'impression', 'other']).flatMap(({ section, text }) =>
    SOUND_ALIKES.flatMap(([written, meant]): Complaint[] => {
      const found = written.exec(text);
      if (found === null) return [];
      return [
        {
          code: 'misheard',
          severity: 'warn',
          section,
          quote: found[0],
          message: `"${found[0]}": "${meant}" is likely meant.`,
          fix: `Write "${meant}", if that is meant.`,
        },
      ];
    }),
  );
