import { readFileSync } from 'node:fs';

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
