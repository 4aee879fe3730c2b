import { create } from 'zustand';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { openDialog } from '../ui/index.ts';

export type Board = Answer<'shiftBoard'>;
export type BoardReader = Board['readers'][number];

export interface BoardState {
  readonly board: Board | undefined;
  /** Why it could not be asked for, in words. */
  readonly trouble: string | undefined;
}

export const useBoard = create<BoardState>()(() => ({ board: undefined, trouble: undefined }));

export async function loadBoard(): Promise<void> {
  try {
    useBoard.setState({ board: await call('shiftBoard', {}), trouble: undefined });
  } catch (failure) {
    useBoard.setState({ trouble: failureWords(failure) });
  }
}

export function openBoard(): void {
  openDialog('board');
}

/** Whole minutes; hours where there are many. */
export function minutesWords(minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 100 ? `${whole} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** Behind or ahead of an equal share by hours on shift. */
export function balanceWords(deficitMinutes: number): string {
  const whole = Math.round(Math.abs(deficitMinutes));
  if (whole === 0) return 'even';
  return deficitMinutes > 0 ? `${whole} min behind` : `${whole} min ahead`;
}

/** 0 is equal; a person reads it better as a share. */
export const giniWords = (gini: number): string => gini.toFixed(2);
