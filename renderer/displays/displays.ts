import { create } from 'zustand';

import type { CallRequest } from '#shared/contract/calls.ts';
import { checkThatHolds, displayDoubt, type DisplayKind } from '#shared/domain/display-check.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { keepDeskAtHand } from '../second-display/index.ts';
import { raiseAlert } from '../ui/index.ts';

type Check = Answer<'displays'>['checks'][number];

export interface DisplaysState {
  /** The display this window stands on: its size and place among the others. */
  readonly here: string;
  readonly checks: readonly Check[];
  /** Checks made before are of another shift; undefined: not asked yet. */
  readonly holdsFrom: number | undefined;
}

export const useDisplays = create<DisplaysState>()(() => ({ here: '', checks: [], holdsFrom: undefined }));

interface PlacedScreen {
  readonly width: number;
  readonly height: number;
  readonly availLeft?: number;
  readonly availTop?: number;
}

/** No serial number is told to a page; size and place tell the displays of one desk apart. */
export const displayKeyOf = ({ width, height, availLeft = 0, availTop = 0 }: PlacedScreen): string =>
  `${width}x${height}@${availLeft},${availTop}`;

const checkHere = ({ here, checks, holdsFrom }: DisplaysState): Check | undefined =>
  holdsFrom === undefined ? undefined : checkThatHolds(checks, here, holdsFrom);

/** Undefined while nothing has been asked: a display is not doubted before its checks are known. */
export const doubtHere = (state: DisplaysState): string | undefined =>
  state.holdsFrom === undefined ? undefined : displayDoubt(checkHere(state));

/** As the reader said at the last check, whenever it was; else as the browser says. */
export function kindHere({ here, checks }: DisplaysState): DisplayKind {
  const last = checks.filter(({ displayKey }) => displayKey === here).at(-1);
  return last?.kind ?? (matchMedia('(monochrome)').matches ? 'grey' : 'colour');
}

/** Asks the workstation anew; a window that is locked keeps what it knew. */
export async function loadDisplays(): Promise<void> {
  try {
    const { desk, checks, holdsFrom } = await call('displays', {});
    keepDeskAtHand(desk);
    useDisplays.setState({ checks, holdsFrom });
  } catch {
    // Asked again at the next sign of the reader.
  }
}

/** The verdict; undefined where the workstation could not be told. */
export async function keepCheck(
  answers: Omit<CallRequest<'keepDisplayCheck'>, 'displayKey'>,
): Promise<Check | undefined> {
  try {
    const { status, check } = await call('keepDisplayCheck', { displayKey: useDisplays.getState().here, ...answers });
    if (status === 'not-saved')
      raiseAlert('display', 'The display check could not be stored; it holds in this window.');
    useDisplays.setState(({ checks }) => ({ checks: [...checks, check] }));
    return check;
  } catch (failure) {
    raiseAlert('display', `The display check could not be stored. ${failureWords(failure)}`);
    return undefined;
  }
}
