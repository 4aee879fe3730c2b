import { create } from 'zustand';

import { createMainSide, type MainSide } from './main-side.ts';
import { openChannel } from './messages.ts';

export const useSecondDisplay = create<{ readonly isElsewhere: boolean }>()(() => ({ isElsewhere: false }));

export const areImagesElsewhere = (): boolean => useSecondDisplay.getState().isElsewhere;

let side: MainSide | undefined;

/** Begins the exchange with windows of images; in the main window only. Returns it, to be told what is open. */
export function startMainSide(): MainSide {
  side = createMainSide({
    channel: openChannel(),
    schedule: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onElsewhere: (isElsewhere) => useSecondDisplay.setState({ isElsewhere }),
  });
  return side;
}

export const keyOnOtherDisplay = async (): Promise<string | undefined> => side?.askForKey();
export const bringImagesBack = (): void => side?.bringBack();
