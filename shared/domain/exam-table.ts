/** A kind of exam as minutes, pay and subspecialty know it; the words of orders are finer. */
export interface ExamType {
  readonly id: string;
  /** DICOM Modality (PS3.3 C.7.3.1.1.1); plain film is `DX` here. None: whatever fits nothing else. */
  readonly modality?: string;
  /** DICOM Body Part Examined (PS3.16 annex L). None: any part of that modality. */
  readonly bodyParts?: readonly string[];
  readonly angio?: boolean;
  readonly contrast?: boolean;
  /** Reading minutes to start from. CT head, chest and abdomen are measured (DOMAIN 3), the others are defaults of ours. */
  readonly meanMinutes: number;
  readonly sdMinutes: number;
  readonly subspecialty?: string;
}

/** The starting table. Edited here; what readers really need is learned on top of it (`minutes-model.ts`). */
export const EXAM_TYPES: readonly ExamType[] = [
  { id: 'ct-head', modality: 'CT', bodyParts: ['HEAD'], subspecialty: 'neuro', meanMinutes: 7, sdMinutes: 6.5 },
  {
    id: 'cta-head',
    modality: 'CT',
    angio: true,
    bodyParts: ['HEAD'],
    subspecialty: 'neuro',
    meanMinutes: 12,
    sdMinutes: 9,
  },
  {
    id: 'cta-neck',
    modality: 'CT',
    angio: true,
    bodyParts: ['NECK'],
    subspecialty: 'neuro',
    meanMinutes: 12,
    sdMinutes: 9,
  },
  {
    id: 'ct-c-spine',
    modality: 'CT',
    bodyParts: ['CSPINE', 'TSPINE', 'LSPINE', 'SPINE'],
    subspecialty: 'neuro',
    meanMinutes: 8,
    sdMinutes: 6,
  },
  { id: 'ct-chest', modality: 'CT', bodyParts: ['CHEST'], subspecialty: 'chest', meanMinutes: 14.2, sdMinutes: 11.1 },
  {
    id: 'ct-chest-with',
    modality: 'CT',
    contrast: true,
    bodyParts: ['CHEST'],
    subspecialty: 'chest',
    meanMinutes: 14.2,
    sdMinutes: 11.1,
  },
  {
    id: 'cta-chest',
    modality: 'CT',
    angio: true,
    bodyParts: ['CHEST'],
    subspecialty: 'chest',
    meanMinutes: 14.2,
    sdMinutes: 11.1,
  },
  {
    id: 'cta-coronary',
    modality: 'CT',
    angio: true,
    bodyParts: ['HEART'],
    subspecialty: 'chest',
    meanMinutes: 22,
    sdMinutes: 12,
  },
  {
    id: 'ct-abdomen',
    modality: 'CT',
    bodyParts: ['ABDOMEN', 'PELVIS', 'KIDNEY'],
    subspecialty: 'body',
    meanMinutes: 17.1,
    sdMinutes: 14.6,
  },
  {
    id: 'ct-abdomen-with',
    modality: 'CT',
    contrast: true,
    bodyParts: ['ABDOMEN', 'PELVIS', 'KIDNEY'],
    subspecialty: 'body',
    meanMinutes: 17.1,
    sdMinutes: 14.6,
  },
  {
    id: 'cta-abdomen',
    modality: 'CT',
    angio: true,
    bodyParts: ['ABDOMEN', 'PELVIS', 'KIDNEY', 'LEG'],
    subspecialty: 'body',
    meanMinutes: 22,
    sdMinutes: 16,
  },
  { id: 'ct-other', modality: 'CT', meanMinutes: 9, sdMinutes: 7 },
  {
    id: 'mr-brain',
    modality: 'MR',
    bodyParts: ['BRAIN', 'HEAD', 'ORBIT'],
    subspecialty: 'neuro',
    meanMinutes: 16,
    sdMinutes: 12,
  },
  {
    id: 'mr-brain-with',
    modality: 'MR',
    contrast: true,
    bodyParts: ['BRAIN', 'HEAD', 'ORBIT'],
    subspecialty: 'neuro',
    meanMinutes: 20,
    sdMinutes: 13,
  },
  {
    id: 'mr-lumbar',
    modality: 'MR',
    bodyParts: ['LSPINE', 'CSPINE', 'TSPINE', 'SPINE'],
    subspecialty: 'neuro',
    meanMinutes: 14,
    sdMinutes: 10,
  },
  {
    id: 'mr-joint',
    modality: 'MR',
    bodyParts: ['KNEE', 'SHOULDER', 'ANKLE', 'HIP', 'FOOT', 'WRIST', 'ELBOW', 'HAND'],
    subspecialty: 'musculoskeletal',
    meanMinutes: 15,
    sdMinutes: 10,
  },
  { id: 'mr-other', modality: 'MR', subspecialty: 'body', meanMinutes: 20, sdMinutes: 14 },
  { id: 'us-duplex', modality: 'US', bodyParts: ['LEG', 'ARM'], subspecialty: 'body', meanMinutes: 6, sdMinutes: 4 },
  {
    id: 'us-abdomen',
    modality: 'US',
    bodyParts: ['ABDOMEN', 'KIDNEY'],
    subspecialty: 'body',
    meanMinutes: 7,
    sdMinutes: 5,
  },
  { id: 'us-limited', modality: 'US', subspecialty: 'body', meanMinutes: 5, sdMinutes: 4 },
  { id: 'xr-chest', modality: 'DX', bodyParts: ['CHEST'], subspecialty: 'chest', meanMinutes: 2.5, sdMinutes: 2 },
  { id: 'xr-other', modality: 'DX', subspecialty: 'musculoskeletal', meanMinutes: 2.5, sdMinutes: 2 },
  { id: 'mammography', modality: 'MG', subspecialty: 'breast', meanMinutes: 4, sdMinutes: 3 },
  { id: 'bone-scan', modality: 'NM', subspecialty: 'nuclear', meanMinutes: 8, sdMinutes: 5 },
  { id: 'pet-ct', modality: 'PT', subspecialty: 'nuclear', meanMinutes: 25, sdMinutes: 15 },
  { id: 'other', meanMinutes: 10, sdMinutes: 9 },
];
