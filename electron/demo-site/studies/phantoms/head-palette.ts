/** What each tissue of the head shows as: HU in CT, signal in MR. */
export interface HeadPalette {
  readonly air: number;
  readonly skin: number;
  readonly fat: number;
  readonly muscle: number;
  readonly cortical: number;
  readonly diploe: number;
  readonly dura: number;
  readonly csf: number;
  readonly grey: number;
  readonly white: number;
  readonly deepGrey: number;
  readonly globe: number;
  readonly lens: number;
  readonly blood: number;
  readonly edema: number;
  readonly infarct: number;
  readonly calcification: number;
}

export const CT_HEAD: HeadPalette = {
  air: -1000,
  skin: 45,
  fat: -90,
  muscle: 55,
  cortical: 1450,
  diploe: 520,
  dura: 52,
  csf: 7,
  grey: 38,
  white: 28,
  deepGrey: 37,
  globe: 18,
  lens: 75,
  blood: 68,
  edema: 19,
  infarct: 24,
  calcification: 140,
};

const MR_COMMON = { air: 6, cortical: 25, calcification: 60 };

/** Relative signal of a 1.5 T head, white matter of T1 about 700. */
export const MR_HEAD = {
  T1: {
    ...MR_COMMON,
    skin: 420,
    fat: 1150,
    muscle: 380,
    diploe: 620,
    dura: 320,
    csf: 130,
    grey: 470,
    white: 690,
    deepGrey: 540,
    globe: 140,
    lens: 260,
    blood: 420,
    edema: 420,
    infarct: 410,
  },
  T2: {
    ...MR_COMMON,
    skin: 380,
    fat: 820,
    muscle: 240,
    diploe: 480,
    dura: 180,
    csf: 1450,
    grey: 640,
    white: 430,
    deepGrey: 540,
    globe: 1380,
    lens: 240,
    blood: 300,
    edema: 900,
    infarct: 840,
  },
  FLAIR: {
    ...MR_COMMON,
    skin: 360,
    fat: 700,
    muscle: 260,
    diploe: 420,
    dura: 240,
    csf: 70,
    grey: 560,
    white: 400,
    deepGrey: 470,
    globe: 110,
    lens: 220,
    blood: 330,
    edema: 860,
    infarct: 880,
  },
  DWI: {
    ...MR_COMMON,
    skin: 60,
    fat: 70,
    muscle: 90,
    diploe: 45,
    dura: 60,
    csf: 60,
    grey: 330,
    white: 290,
    deepGrey: 310,
    globe: 50,
    lens: 60,
    blood: 160,
    edema: 330,
    infarct: 900,
  },
  /** 10⁻⁶ mm²/s. */
  ADC: {
    ...MR_COMMON,
    air: 0,
    cortical: 0,
    skin: 120,
    fat: 40,
    muscle: 900,
    diploe: 60,
    dura: 500,
    csf: 2950,
    grey: 850,
    white: 740,
    deepGrey: 770,
    globe: 2800,
    lens: 900,
    blood: 500,
    edema: 1350,
    infarct: 410,
  },
} as const satisfies Readonly<Record<string, HeadPalette>>;
