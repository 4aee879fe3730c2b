import { answersInWords, chosen, numberOf, SEX_QUESTION, severalOf, type Score } from './score.ts';

const percent = (part: number): number => Math.round(part * 100);

/** Absolute and relative washout of an adrenal nodule on delayed CT; attenuation in HU. */
export const adrenalWashout: Score = {
  id: 'adrenal-washout',
  title: 'Adrenal washout',
  version: '15-minute delay',
  source: 'Caoili EM et al., Radiology 2002;222:629-633; Mayo-Smith WW et al., J Am Coll Radiol 2017;14:1038-1044',
  modalities: ['CT'],
  exams: ['adrenal', 'abdomen'],
  questions: [
    { id: 'native', label: 'Unenhanced', kind: 'number', unit: 'HU', min: -150, max: 300 },
    { id: 'portal', label: 'Portal venous', kind: 'number', unit: 'HU', min: -150, max: 400 },
    { id: 'delayed', label: 'Delayed, 15 minutes', kind: 'number', unit: 'HU', min: -150, max: 400 },
  ],
  result(answers) {
    const [native, portal, delayed] = ['native', 'portal', 'delayed'].map((id) => numberOf(answers, id));
    const basis = answersInWords(adrenalWashout, answers);
    if (native !== undefined && native <= 10)
      return { category: `${native} HU unenhanced`, meaning: 'lipid-rich adenoma', basis };
    if (portal === undefined || delayed === undefined || portal <= 0) return undefined;
    const relative = percent((portal - delayed) / portal);
    if (native === undefined)
      return relative >= 40
        ? { category: `relative washout ${relative} %`, meaning: 'in keeping with an adenoma', basis }
        : { category: `relative washout ${relative} %`, meaning: 'indeterminate', basis };
    if (portal <= native) return { category: 'no enhancement', meaning: 'washout does not apply', basis };
    const absolute = percent((portal - delayed) / (portal - native));
    const isAdenoma = absolute >= 60 || relative >= 40;
    return {
      category: `absolute washout ${absolute} %, relative ${relative} %`,
      meaning: isAdenoma ? 'in keeping with an adenoma' : 'indeterminate',
      basis,
    };
  },
};

/** Stenosis of the internal carotid artery: narrowest lumen against the normal lumen beyond it. */
export const nascet: Score = {
  id: 'nascet',
  title: 'NASCET',
  version: '1991',
  source: 'North American Symptomatic Carotid Endarterectomy Trial, N Engl J Med 1991;325:445-453',
  modalities: ['CT', 'MR', 'XA'],
  exams: ['carotid', 'neck', 'cta', 'mra', 'angio'],
  questions: [
    {
      id: 'lumen',
      label: 'Lumen',
      kind: 'choice',
      options: [
        { id: 'open', label: 'Open' },
        { id: 'near', label: 'Near occlusion: the vessel beyond has collapsed' },
        { id: 'occluded', label: 'Occluded' },
      ],
    },
    {
      id: 'narrowest',
      label: 'Narrowest lumen',
      kind: 'number',
      unit: 'mm',
      min: 0,
      max: 15,
      when: (answers) => chosen(answers, 'lumen') === 'open',
    },
    {
      id: 'beyond',
      label: 'Normal lumen beyond the bulb',
      kind: 'number',
      unit: 'mm',
      min: 1,
      max: 15,
      when: (answers) => chosen(answers, 'lumen') === 'open',
    },
  ],
  result(answers) {
    const lumen = chosen(answers, 'lumen');
    const basis = answersInWords(nascet, answers);
    if (lumen === 'occluded') return { category: '100 %', meaning: 'occlusion', basis };
    if (lumen === 'near') return { category: 'near occlusion', meaning: 'no percentage is stated', basis };
    const [narrowest, beyond] = [numberOf(answers, 'narrowest'), numberOf(answers, 'beyond')];
    if (narrowest === undefined || beyond === undefined) return undefined;
    if (narrowest > beyond) return { category: '0 %', meaning: 'no stenosis', basis };
    const stenosis = percent(1 - narrowest / beyond);
    const meaning = stenosis >= 70 ? 'severe stenosis' : stenosis >= 50 ? 'moderate stenosis' : 'mild stenosis';
    return { category: `${stenosis} %`, meaning, basis };
  },
};

const TERRITORIES = [
  ['caudate', 'Caudate'],
  ['lentiform', 'Lentiform'],
  ['capsule', 'Internal capsule'],
  ['insula', 'Insula'],
  ['M1', 'M1'],
  ['M2', 'M2'],
  ['M3', 'M3'],
  ['M4', 'M4'],
  ['M5', 'M5'],
  ['M6', 'M6'],
] as const;

/** Early ischaemic change in the territory of the middle cerebral artery: ten, less one for each region. */
export const aspects: Score = {
  id: 'aspects',
  title: 'ASPECTS',
  version: '2000',
  source: 'Barber PA et al., Lancet 2000;355:1670-1674',
  modalities: ['CT', 'MR'],
  exams: ['head', 'brain', 'stroke'],
  questions: [
    {
      id: 'side',
      label: 'Side',
      kind: 'choice',
      options: [
        { id: 'right', label: 'Right' },
        { id: 'left', label: 'Left' },
      ],
    },
    {
      id: 'regions',
      label: 'Regions with early ischaemic change',
      kind: 'several',
      options: TERRITORIES.map(([id, label]) => ({ id, label })),
    },
  ],
  result(answers) {
    const side = chosen(answers, 'side');
    if (side === undefined) return undefined;
    const found = severalOf(answers, 'regions').length;
    const basis = answersInWords(aspects, answers);
    const meaning = found === 0 ? 'no early ischaemic change' : `${found} of 10 regions changed`;
    return { category: `${10 - found} of 10`, meaning, basis };
  },
};

/** Infrarenal aorta, largest outer diameter; intervals of surveillance. */
export const aorta: Score = {
  id: 'aorta',
  title: 'Abdominal aorta',
  version: 'SVS 2018',
  source: 'Chaikof EL et al., J Vasc Surg 2018;67:2-77',
  modalities: ['US', 'CT', 'MR'],
  exams: ['aort', 'abdomen'],
  questions: [
    SEX_QUESTION,
    { id: 'diameter', label: 'Largest outer diameter', kind: 'number', unit: 'mm', min: 5, max: 200 },
  ],
  result(answers) {
    const [sex, diameter] = [chosen(answers, 'sex'), numberOf(answers, 'diameter')];
    if (sex === undefined || diameter === undefined) return undefined;
    const basis = answersInWords(aorta, answers);
    const repair = sex === 'female' ? 50 : 55;
    const size = `${diameter} mm`;
    if (diameter >= repair)
      return {
        category: size,
        meaning: 'aneurysm at the size of repair',
        advice: 'Vascular surgical referral.',
        basis,
      };
    if (diameter >= 50) return { category: size, meaning: 'aneurysm', advice: 'Imaging in 6 months.', basis };
    if (diameter >= 40) return { category: size, meaning: 'aneurysm', advice: 'Imaging in 12 months.', basis };
    if (diameter >= 30) return { category: size, meaning: 'aneurysm', advice: 'Imaging in 3 years.', basis };
    if (diameter > 25) return { category: size, meaning: 'ectasia', advice: 'Imaging in 10 years.', basis };
    return { category: size, meaning: 'not dilated', basis };
  },
};
