/** One series of a study as its header has it; `n` is its Series Number and names it in `panes`. */
export interface HeaderSeries {
  readonly n: number;
  readonly says?: string;
  readonly modality?: string;
  /** How many images. */
  readonly images?: number;
  readonly plane?: 'ax' | 'cor' | 'sag';
  readonly thick?: number;
  readonly kernel?: string;
  readonly protocol?: string;
  readonly part?: string;
  readonly type?: readonly string[];
  readonly agent?: string;
  readonly view?: string;
  readonly side?: string;
  readonly sopClass?: string;
}
export interface HeaderStudy {
  readonly says?: string;
  readonly modality: string;
  readonly part?: string;
  readonly series: readonly HeaderSeries[];
}
/** `panes`: Series Numbers row by row; `p12`: of the prior; `-`: empty. */
export interface HangingCase {
  readonly what: string;
  readonly study: HeaderStudy;
  readonly priors?: readonly HeaderStudy[];
  readonly hanging: string;
  readonly grid: `${number}x${number}`;
  readonly panes: string;
  readonly missing?: readonly string[];
}

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const SCOUT = ['ORIGINAL', 'PRIMARY', 'LOCALIZER'];
const view = (n: number, code: string, more: Partial<HeaderSeries> = {}): HeaderSeries => ({
  n,
  view: code,
  images: 1,
  ...more,
});
const breast = (n: number, side: string, code: string): HeaderSeries =>
  view(n, code, { side, says: `${side} ${code}` });
const FOUR = [breast(1, 'R', 'CC'), breast(2, 'L', 'CC'), breast(3, 'R', 'MLO'), breast(4, 'L', 'MLO')];

/** Headers as scanners and sites write them, with what a reader expects to see first. */
export const hangingCases: readonly HangingCase[] = [
  {
    what: 'head, Siemens in German, topogram and dose page among it',
    study: {
      says: 'Schädel nativ',
      modality: 'CT',
      part: 'HEAD',
      series: [
        { n: 1, says: 'Topogramm 0.6 T20f', images: 1, type: SCOUT },
        { n: 2, says: 'Schädel 5.0 H31s', images: 32, plane: 'ax', thick: 5, kernel: 'H31s' },
        { n: 3, says: 'Knochen 2.0 H70h', images: 80, plane: 'ax', thick: 2, kernel: 'H70h' },
        { n: 501, says: 'Patient Protocol', images: 1, sopClass: SECONDARY_CAPTURE },
      ],
    },
    hanging: 'ct-head',
    grid: '1x1',
    panes: '2',
  },
  {
    what: 'head, GE, with a prior of the same name',
    study: {
      says: 'CT HEAD WO',
      modality: 'CT',
      series: [
        { n: 1, says: 'SCOUT', images: 2, type: SCOUT },
        { n: 2, says: 'AX HEAD 5MM', images: 34, plane: 'ax', thick: 5, kernel: 'STANDARD' },
        { n: 3, says: 'BONE', images: 130, plane: 'ax', thick: 1.25, kernel: 'BONEPLUS' },
        { n: 4, says: 'COR', images: 60, plane: 'cor', thick: 3 },
      ],
    },
    priors: [
      {
        says: 'CT HEAD WO',
        modality: 'CT',
        series: [
          { n: 11, says: 'BONE', images: 120, plane: 'ax', thick: 1.25, kernel: 'BONEPLUS' },
          { n: 12, says: 'AX HEAD 5MM', images: 30, plane: 'ax', thick: 5 },
        ],
      },
    ],
    hanging: 'ct-head',
    grid: '1x2',
    panes: '2 p12',
  },
  {
    what: 'head, French, no body part',
    study: {
      says: 'TDM CEREBRALE SANS INJECTION',
      modality: 'CT',
      series: [{ n: 3, says: 'AXIAUX 3mm', images: 50, plane: 'ax', thick: 3 }],
    },
    hanging: 'ct-head',
    grid: '1x1',
    panes: '3',
  },
  {
    what: 'head, Japanese, no description of the series',
    study: {
      says: '頭部単純CT',
      modality: 'CT',
      series: [
        { n: 1, images: 1, type: SCOUT },
        { n: 2, images: 24, plane: 'ax', thick: 8, kernel: 'FC26' },
      ],
    },
    hanging: 'ct-head',
    grid: '1x1',
    panes: '2',
  },
  {
    what: 'head, body part only',
    study: { modality: 'CT', part: 'BRAIN', series: [{ n: 4, says: '5mm', images: 30, plane: 'ax', thick: 5 }] },
    hanging: 'ct-head',
    grid: '1x1',
    panes: '4',
  },
  {
    what: 'chest, thin lung kernel before the soft tissue',
    study: {
      says: 'CT CHEST W CONTRAST',
      modality: 'CT',
      part: 'CHEST',
      series: [
        { n: 2, says: 'Lung 1.0 Br60', images: 320, plane: 'ax', thick: 1, kernel: 'Br60f' },
        { n: 3, says: 'Axial 3.0 Br40', images: 110, plane: 'ax', thick: 3, kernel: 'Br40d', agent: 'Omnipaque 350' },
        {
          n: 4,
          says: 'Cor 3.0 MPR',
          images: 80,
          plane: 'cor',
          thick: 3,
          type: ['DERIVED', 'SECONDARY', 'AXIAL', 'MPR'],
        },
      ],
    },
    hanging: 'ct-chest',
    grid: '1x1',
    panes: '3',
  },
  {
    what: 'chest, Spanish, prior with another name',
    study: {
      says: 'TC TORAX CON CONTRASTE',
      modality: 'CT',
      series: [
        { n: 1, says: 'Topograma', images: 1, type: SCOUT },
        { n: 2, says: 'TORAX 5mm', images: 60, plane: 'ax', thick: 5 },
      ],
    },
    priors: [
      { says: 'TC TORAX', modality: 'CT', series: [{ n: 21, says: 'Ax 2mm', images: 150, plane: 'ax', thick: 2 }] },
    ],
    hanging: 'ct-chest',
    grid: '1x2',
    panes: '2 p21',
  },
  {
    what: 'abdomen, Philips, native and portal venous',
    study: {
      says: 'CT Abd/Pelvis W/WO',
      modality: 'CT',
      part: 'ABDOMEN',
      series: [
        { n: 201, says: 'WITHOUT 3mm', images: 140, plane: 'ax', thick: 3, kernel: 'B' },
        { n: 301, says: 'PORTAL VENOUS 3mm', images: 140, plane: 'ax', thick: 3, kernel: 'B' },
        { n: 302, says: 'COR PV', images: 90, plane: 'cor', thick: 3 },
      ],
    },
    hanging: 'ct-abdomen',
    grid: '1x1',
    panes: '301',
  },
  {
    what: 'abdomen, German, region only in the description',
    study: {
      says: 'Oberbauch KM venös',
      modality: 'CT',
      series: [{ n: 5, says: 'Abd ven 5.0 I30f', images: 60, plane: 'ax', thick: 5 }],
    },
    hanging: 'ct-abdomen',
    grid: '1x1',
    panes: '5',
  },
  {
    what: 'abdomen, the body part of the protocol is wrong',
    study: {
      says: 'CT ABDOMEN PELVIS WITH CONTRAST',
      modality: 'CT',
      part: 'CHEST',
      series: [{ n: 2, says: 'STD 3.75', images: 120, plane: 'ax', thick: 3.75, kernel: 'STANDARD' }],
    },
    hanging: 'ct-abdomen',
    grid: '1x1',
    panes: '2',
  },
  {
    what: 'chest, abdomen and pelvis together',
    study: {
      says: 'CT CHEST ABDOMEN PELVIS W CONTRAST',
      modality: 'CT',
      part: 'CHEST',
      series: [
        { n: 2, says: 'CAP 5mm', images: 140, plane: 'ax', thick: 5, agent: 'IOHEXOL' },
        { n: 3, says: 'LUNG', images: 300, plane: 'ax', thick: 1, kernel: 'LUNG' },
      ],
    },
    hanging: 'ct-chest-abdomen',
    grid: '1x1',
    panes: '2',
  },
  {
    what: 'chest and abdomen, French abbreviation',
    study: { says: 'TDM TAP', modality: 'CT', series: [{ n: 2, says: 'TAP 2mm', images: 300, plane: 'ax', thick: 2 }] },
    hanging: 'ct-chest-abdomen',
    grid: '1x1',
    panes: '2',
  },
  {
    what: 'CTA of the chest for embolism, bolus tracking among it',
    study: {
      says: 'CTA CHEST PE PROTOCOL',
      modality: 'CT',
      part: 'CHEST',
      series: [
        { n: 1, says: 'SmartPrep Series', images: 12, plane: 'ax', thick: 10 },
        { n: 2, says: 'PE 5mm', images: 70, plane: 'ax', thick: 5, agent: 'ISOVUE' },
        { n: 3, says: 'PE 1.25', images: 260, plane: 'ax', thick: 1.25, agent: 'ISOVUE' },
        { n: 4, says: 'COR MIP', images: 50, plane: 'cor', thick: 8 },
      ],
    },
    hanging: 'cta',
    grid: '1x1',
    panes: '3',
  },
  {
    what: 'CTA of head and neck, German',
    study: {
      says: 'CT-Angiographie Kopf/Hals',
      modality: 'CT',
      series: [
        { n: 3, says: 'CTA 0.75 Bv40', images: 500, plane: 'ax', thick: 0.75, agent: 'KM' },
        { n: 4, says: 'MIP ax', images: 60, plane: 'ax', thick: 10 },
      ],
    },
    hanging: 'cta',
    grid: '1x1',
    panes: '3',
  },
  {
    what: 'cervical spine, sagittal reformat in bone',
    study: {
      says: 'CT CERVICAL SPINE WO',
      modality: 'CT',
      part: 'CSPINE',
      series: [
        { n: 2, says: 'AX BONE 2mm', images: 120, plane: 'ax', thick: 2, kernel: 'BONE' },
        { n: 3, says: 'SAG BONE', images: 50, plane: 'sag', thick: 2, kernel: 'BONE' },
        { n: 4, says: 'COR BONE', images: 40, plane: 'cor', thick: 2, kernel: 'BONE' },
      ],
    },
    hanging: 'ct-spine',
    grid: '1x2',
    panes: '3 2',
  },
  {
    what: 'lumbar spine, German, no reformats',
    study: {
      says: 'LWS nativ',
      modality: 'CT',
      series: [{ n: 2, says: 'LWS 1.0 B60s', images: 200, plane: 'ax', thick: 1, kernel: 'B60s' }],
    },
    hanging: 'ct-spine',
    grid: '1x1',
    panes: '2',
    missing: ['Sagittal, bone'],
  },
  {
    what: 'polytrauma, German',
    study: {
      says: 'Polytrauma Ganzkörper',
      modality: 'CT',
      series: [
        { n: 1, says: 'Topogramm', images: 2, type: SCOUT },
        { n: 2, says: 'Schädel 4.0 J40s', images: 40, plane: 'ax', thick: 4 },
        { n: 3, says: 'HWS sag 2.0', images: 50, plane: 'sag', thick: 2 },
        { n: 4, says: 'Thorax-Abdomen 3.0 Br36', images: 260, plane: 'ax', thick: 3 },
        { n: 5, says: 'Lunge 2.0 Br58', images: 180, plane: 'ax', thick: 2, kernel: 'Br58f' },
      ],
    },
    hanging: 'ct-trauma',
    grid: '2x2',
    panes: '2 3 4 5',
  },
  {
    what: 'trauma, English, without the cervical spine',
    study: {
      says: 'CT TRAUMA PAN SCAN',
      modality: 'CT',
      series: [
        { n: 2, says: 'HEAD 5mm', images: 30, plane: 'ax', thick: 5 },
        { n: 4, says: 'CAP 3mm', images: 250, plane: 'ax', thick: 3 },
        { n: 5, says: 'LUNG', images: 250, plane: 'ax', thick: 1.5, kernel: 'LUNG' },
      ],
    },
    hanging: 'ct-trauma',
    grid: '2x2',
    panes: '2 - 4 5',
    missing: ['Cervical spine, bone'],
  },
  {
    what: 'CT of nothing that is known',
    study: { says: 'RESEARCH 17', modality: 'CT', series: [{ n: 7, says: 'X', images: 40, plane: 'ax', thick: 3 }] },
    hanging: 'ct-any',
    grid: '1x1',
    panes: '7',
  },
  {
    what: 'CT of which only localizers came so far',
    study: { says: 'CT HEAD', modality: 'CT', series: [{ n: 1, says: 'Scout', images: 2, type: SCOUT }] },
    hanging: 'ct-head',
    grid: '1x1',
    panes: '1',
  },
  {
    what: 'brain, Siemens, survey and ADC among it',
    study: {
      says: 'MR Brain w/o',
      modality: 'MR',
      part: 'BRAIN',
      series: [
        { n: 1, says: 'localizer', images: 9, type: SCOUT },
        { n: 2, says: 't1_mprage_sag_p2', images: 176, plane: 'sag' },
        { n: 3, says: 't2_tse_tra', images: 30, plane: 'ax' },
        { n: 4, says: 't2_tirm_tra_dark-fluid', images: 30, plane: 'ax' },
        { n: 5, says: 'ep2d_diff_3scan_trace', images: 60, plane: 'ax' },
        { n: 6, says: 'ep2d_diff_3scan_trace_ADC', images: 30, plane: 'ax' },
        { n: 7, says: 'swi3d', images: 60, plane: 'ax' },
      ],
    },
    hanging: 'mr-brain',
    grid: '2x2',
    panes: '5 4 3 2',
  },
  {
    what: 'brain, GE, with contrast and without diffusion',
    study: {
      says: 'MRI BRAIN W WO CONTRAST',
      modality: 'MR',
      series: [
        { n: 2, says: 'Ax T2 FLAIR', images: 28, plane: 'ax' },
        { n: 3, says: 'Ax T2 PROP', images: 28, plane: 'ax' },
        { n: 4, says: 'Ax T1 FSE', images: 28, plane: 'ax' },
        { n: 5, says: 'Ax T1 FSE +C', images: 28, plane: 'ax', agent: 'GADAVIST' },
      ],
    },
    hanging: 'mr-brain',
    grid: '2x2',
    panes: '- 2 3 4',
    missing: ['Diffusion'],
  },
  {
    what: 'brain, Philips in French',
    study: {
      says: 'IRM ENCEPHALIQUE',
      modality: 'MR',
      series: [
        { n: 101, says: 'Survey', images: 9 },
        { n: 301, says: 'DWI_b1000', images: 50, plane: 'ax' },
        { n: 401, says: '3D FLAIR', images: 320, plane: 'sag' },
        { n: 501, says: 'T2W_TSE', images: 28, plane: 'ax' },
        { n: 601, says: '3D T1 TFE', images: 180, plane: 'sag' },
      ],
    },
    hanging: 'mr-brain',
    grid: '2x2',
    panes: '301 401 501 601',
  },
  {
    what: 'lumbar spine MR',
    study: {
      says: 'MRI LUMBAR SPINE WO',
      modality: 'MR',
      part: 'LSPINE',
      series: [
        { n: 1, says: '3 plane loc', images: 15, type: SCOUT },
        { n: 2, says: 'SAG T1', images: 15, plane: 'sag' },
        { n: 3, says: 'SAG T2', images: 15, plane: 'sag' },
        { n: 4, says: 'SAG STIR', images: 15, plane: 'sag' },
        { n: 5, says: 'AX T2', images: 35, plane: 'ax' },
      ],
    },
    hanging: 'mr-spine',
    grid: '2x2',
    panes: '3 2 4 5',
  },
  {
    what: 'cervical spine MR, German, no STIR',
    study: {
      says: 'HWS',
      modality: 'MR',
      series: [
        { n: 2, says: 't2_tse_sag', images: 13, plane: 'sag' },
        { n: 3, says: 't1_tse_sag', images: 13, plane: 'sag' },
        { n: 4, says: 't2_me2d_tra', images: 25, plane: 'ax' },
      ],
    },
    hanging: 'mr-spine',
    grid: '2x2',
    panes: '2 3 - 4',
    missing: ['Sagittal STIR'],
  },
  {
    what: 'knee MR',
    study: {
      says: 'MR KNEE RT WO',
      modality: 'MR',
      part: 'KNEE',
      series: [
        { n: 2, says: 'SAG PD FS', images: 28, plane: 'sag' },
        { n: 3, says: 'COR PD FS', images: 26, plane: 'cor' },
        { n: 4, says: 'AX PD FS', images: 30, plane: 'ax' },
        { n: 5, says: 'COR T1', images: 26, plane: 'cor' },
      ],
    },
    hanging: 'mr-joint',
    grid: '2x2',
    panes: '2 3 4 5',
  },
  {
    what: 'shoulder MR, German',
    study: {
      says: 'Schulter links',
      modality: 'MR',
      series: [
        { n: 2, says: 'pd_tse_fs_cor', images: 22, plane: 'cor' },
        { n: 3, says: 'pd_tse_fs_tra', images: 26, plane: 'ax' },
        { n: 4, says: 't1_tse_cor', images: 22, plane: 'cor' },
        { n: 5, says: 'pd_tse_fs_sag', images: 24, plane: 'sag' },
      ],
    },
    hanging: 'mr-joint',
    grid: '2x2',
    panes: '5 2 3 4',
  },
  {
    what: 'MR of a region without a hanging of its own',
    study: {
      says: 'MRCP',
      modality: 'MR',
      series: [
        { n: 2, says: 'haste cor', images: 25, plane: 'cor' },
        { n: 3, says: 'haste tra', images: 30, plane: 'ax' },
        { n: 4, says: '3D MRCP', images: 60, plane: 'cor' },
      ],
    },
    hanging: 'mr-any',
    grid: '2x2',
    panes: '2 3 4',
  },
  {
    what: 'chest films, lateral sent first',
    study: { says: 'CHEST 2 VIEWS', modality: 'DX', part: 'CHEST', series: [view(1, 'LL'), view(2, 'PA')] },
    hanging: 'chest-radiograph',
    grid: '1x2',
    panes: '2 1',
  },
  {
    what: 'chest films with a prior',
    study: { says: 'XR CHEST PA AND LATERAL', modality: 'DX', series: [view(1, 'PA'), view(2, 'LL')] },
    priors: [{ says: 'XR CHEST', modality: 'DX', series: [view(11, 'LL'), view(12, 'PA')] }],
    hanging: 'chest-radiograph-with-prior',
    grid: '2x2',
    panes: '1 p12 2 p11',
  },
  {
    what: 'portable chest, view only in the words',
    study: {
      says: 'Thorax liegend',
      modality: 'CR',
      series: [{ n: 1, says: 'Thorax a.p.', images: 1, part: 'CHEST' }],
    },
    hanging: 'chest-radiograph',
    grid: '1x1',
    panes: '1',
    missing: ['Lateral view'],
  },
  {
    what: 'portable chest with a prior of two views',
    study: { says: 'CHEST PORTABLE 1 VIEW', modality: 'CR', series: [view(1, 'AP')] },
    priors: [{ says: 'CHEST', modality: 'CR', series: [view(11, 'AP'), view(12, 'LAT')] }],
    hanging: 'chest-radiograph-with-prior',
    grid: '1x2',
    panes: '1 p11',
    missing: ['Lateral view', 'Prior lateral view'],
  },
  {
    what: 'hand in three views',
    study: {
      says: 'XR HAND 3V LT',
      modality: 'DX',
      part: 'HAND',
      series: [view(1, 'LLO', { says: 'OBLIQUE' }), view(2, 'LAT'), view(3, 'PA')],
    },
    hanging: 'extremity-radiograph',
    grid: '2x2',
    panes: '3 2 1',
  },
  {
    what: 'ankle, German, no view positions',
    study: {
      says: 'Sprunggelenk rechts in 2 Ebenen',
      modality: 'CR',
      series: [
        { n: 1, says: 'OSG seitlich', images: 1 },
        { n: 2, says: 'OSG a.p.', images: 1 },
      ],
    },
    hanging: 'extremity-radiograph',
    grid: '1x2',
    panes: '2 1',
  },
  {
    what: 'film of the abdomen',
    study: { says: 'KUB', modality: 'DX', part: 'ABDOMEN', series: [view(1, 'AP')] },
    hanging: 'radiograph-any',
    grid: '1x1',
    panes: '1',
  },
  {
    what: 'mammogram of four views, sent in any order',
    study: { says: 'MAMMO SCREENING', modality: 'MG', part: 'BREAST', series: FOUR.toReversed() },
    hanging: 'mammography',
    grid: '2x2',
    panes: '1 2 3 4',
  },
  {
    what: 'mammogram with a prior',
    study: { says: 'MAMMO SCREENING', modality: 'MG', series: FOUR },
    priors: [{ says: 'MAMMO', modality: 'MG', series: FOUR.map((one) => ({ ...one, n: one.n + 10 })) }],
    hanging: 'mammography-with-priors',
    grid: '2x4',
    panes: '1 2 3 4 p11 p12 p13 p14',
  },
  {
    what: 'mammogram of one breast',
    study: { says: 'Mammographie links', modality: 'MG', series: [breast(1, 'L', 'MLO'), breast(2, 'L', 'CC')] },
    hanging: 'mammography',
    grid: '2x1',
    panes: '2 1',
    missing: ['R CC', 'R MLO'],
  },
  {
    what: 'ultrasound of stills',
    study: { says: 'US ABDOMEN COMPLETE', modality: 'US', series: [{ n: 1, images: 5 }] },
    hanging: 'ultrasound-grid',
    grid: '2x3',
    panes: '1.1 1.2 1.3 1.4 1.5',
  },
  {
    what: 'PET-CT, uncorrected series first',
    study: {
      says: 'PET CT SKULL BASE TO MID THIGH',
      modality: 'PT',
      series: [
        { n: 2, says: 'CT WB 5.0', modality: 'CT', images: 220, plane: 'ax', thick: 5 },
        { n: 3, says: 'PET WB NAC', images: 220, plane: 'ax', thick: 5 },
        { n: 4, says: 'PET WB', images: 220, plane: 'ax', thick: 5 },
      ],
    },
    hanging: 'pet-ct',
    grid: '1x2',
    panes: '2 4',
  },
  {
    what: 'bone scan',
    study: { says: 'NM BONE SCAN WHOLE BODY', modality: 'NM', series: [{ n: 1, says: 'WB', images: 2 }] },
    hanging: 'nuclear-medicine',
    grid: '1x1',
    panes: '1',
  },
  {
    what: 'angiography run',
    study: { says: 'Koronarangiographie', modality: 'XA', series: [{ n: 1, says: 'LCA', images: 6 }] },
    hanging: 'any',
    grid: '1x1',
    panes: '1',
  },
];
