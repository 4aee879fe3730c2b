import { answersInWords, chosen, severalOf, type Score, type ScoreOption } from './score.ts';

const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V'] as const;
const MEANING = [
  '',
  'minor injury',
  'moderate injury',
  'severe injury',
  'severe injury',
  'the most severe injury',
] as const;

/** Imaging criteria by organ: grade and finding. Several injuries of grade I or II count one grade more, up to III. */
const CRITERIA: Readonly<Record<string, readonly (readonly [grade: number, finding: string])[]>> = {
  spleen: [
    [1, 'Subcapsular haematoma below 10 % of the surface'],
    [1, 'Laceration below 1 cm deep, or capsular tear'],
    [2, 'Subcapsular haematoma of 10-50 % of the surface'],
    [2, 'Intraparenchymal haematoma below 5 cm'],
    [2, 'Laceration 1-3 cm deep'],
    [3, 'Subcapsular haematoma above 50 % of the surface'],
    [3, 'Ruptured haematoma, or intraparenchymal haematoma of 5 cm or more'],
    [3, 'Laceration above 3 cm deep'],
    [4, 'Vascular injury or active bleeding within the capsule'],
    [4, 'Laceration of segmental or hilar vessels, above 25 % devascularised'],
    [5, 'Active bleeding beyond the spleen into the peritoneum'],
    [5, 'Shattered spleen'],
  ],
  liver: [
    [1, 'Subcapsular haematoma below 10 % of the surface'],
    [1, 'Laceration below 1 cm deep'],
    [2, 'Subcapsular haematoma of 10-50 % of the surface'],
    [2, 'Intraparenchymal haematoma below 10 cm'],
    [2, 'Laceration 1-3 cm deep and up to 10 cm long'],
    [3, 'Subcapsular haematoma above 50 %, or ruptured haematoma'],
    [3, 'Intraparenchymal haematoma above 10 cm'],
    [3, 'Laceration above 3 cm deep'],
    [3, 'Vascular injury or active bleeding within the parenchyma'],
    [4, 'Disruption of 25-75 % of a lobe'],
    [4, 'Active bleeding beyond the liver into the peritoneum'],
    [5, 'Disruption above 75 % of a lobe'],
    [5, 'Juxtahepatic venous injury'],
  ],
  kidney: [
    [1, 'Subcapsular haematoma or contusion without laceration'],
    [2, 'Perirenal haematoma within the Gerota fascia'],
    [2, 'Laceration up to 1 cm deep without urinary extravasation'],
    [3, 'Laceration above 1 cm deep without urinary extravasation'],
    [3, 'Vascular injury or active bleeding within the Gerota fascia'],
    [4, 'Laceration into the collecting system with urinary extravasation'],
    [4, 'Laceration of the renal pelvis, or ureteropelvic disruption'],
    [4, 'Injury of a segmental renal artery or vein'],
    [4, 'Active bleeding beyond the Gerota fascia'],
    [4, 'Infarction by thrombosis without active bleeding'],
    [5, 'Laceration of the main renal artery or vein, or avulsion of the hilum'],
    [5, 'Devascularised kidney with active bleeding'],
    [5, 'Shattered kidney'],
  ],
};

const optionsOf = (organ: string): readonly ScoreOption[] =>
  (CRITERIA[organ] ?? []).map(([grade, finding], at) => ({ id: String(at), label: `${ROMAN[grade]}: ${finding}` }));

/** Organ injury scale, imaging criteria. */
export const aast: Score = {
  id: 'aast',
  title: 'AAST organ injury scale',
  version: '2018',
  source: 'Kozar RA et al., J Trauma Acute Care Surg 2018;85:1119-1122',
  modalities: ['CT'],
  exams: ['trauma', 'abdomen', 'pan'],
  questions: [
    {
      id: 'organ',
      label: 'Organ',
      kind: 'choice',
      options: [
        { id: 'spleen', label: 'Spleen' },
        { id: 'liver', label: 'Liver' },
        { id: 'kidney', label: 'Kidney' },
      ],
    },
    ...Object.keys(CRITERIA).map((organ) => ({
      id: organ,
      label: `Injuries of the ${organ}`,
      kind: 'several' as const,
      when: (answers: Parameters<typeof chosen>[0]) => chosen(answers, 'organ') === organ,
      options: optionsOf(organ),
    })),
  ],
  result(answers) {
    const organ = chosen(answers, 'organ');
    const grades = severalOf(answers, organ ?? '').flatMap((at) => CRITERIA[organ ?? '']?.[Number(at)]?.[0] ?? []);
    if (organ === undefined || grades.length === 0) return undefined;
    const highest = Math.max(...grades);
    const grade = grades.length > 1 && highest < 3 ? highest + 1 : highest;
    return { category: `grade ${ROMAN[grade]}`, meaning: MEANING[grade] ?? '', basis: answersInWords(aast, answers) };
  },
};
