import { readFileSync } from 'node:fs';

import type { DataSet, ElementValue } from '#electron/demo-site/studies/dicom/elements.ts';

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

/** Headers as scanners and sites write them, with what a reader expects to see first. */
export const hangingCases = JSON.parse(
  readFileSync(new URL('./hanging-table.json', import.meta.url), 'utf8'),
) as readonly HangingCase[];

const DIRECTIONS = { ax: [1, 0, 0, 0, 1, 0], cor: [1, 0, 0, 0, 0, -1], sag: [0, 1, 0, 0, 0, -1] } as const;
const AXIS = { ax: 2, cor: 1, sag: 0 } as const;

/** What the header of one image says beside its UIDs and pixels. */
export function headerOf(study: HeaderStudy, one: HeaderSeries, index: number): DataSet {
  const { n, thick, plane } = one;
  const position = [0, 0, 0];
  if (plane) position[AXIS[plane]] = index * (thick ?? 4);
  const said: { readonly [keyword in keyof DataSet]?: ElementValue | undefined } = {
    SOPClassUID: one.sopClass ?? '1.2.840.10008.5.1.4.1.1.2',
    Modality: one.modality ?? study.modality,
    ImageType: one.type,
    StudyDescription: study.says,
    SeriesDescription: one.says,
    BodyPartExamined: one.part ?? study.part,
    ProtocolName: one.protocol,
    ConvolutionKernel: one.kernel,
    ContrastBolusAgent: one.agent,
    SliceThickness: thick,
    ViewPosition: one.view,
    ImageLaterality: one.side,
    SeriesNumber: n,
    InstanceNumber: index + 1,
    ImageOrientationPatient: plane && DIRECTIONS[plane],
    ImagePositionPatient: plane && position,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
