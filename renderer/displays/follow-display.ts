import { loadViewer } from '../reading/index.ts';
import { useSession } from '../settings/index.ts';
import { displayKeyOf, doubtHere, kindHere, loadDisplays, useDisplays } from './displays.ts';

/** A window that is moved to another display tells nobody. */
const LOOK_MS = 2000;

/** Keeps what is known of this window's display up to date, and on its images; for the life of the window. */
export function followDisplay(): void {
  const look = () => {
    const here = displayKeyOf(window.screen);
    if (useDisplays.getState().here !== here) useDisplays.setState({ here });
  };
  look();
  setInterval(look, LOOK_MS);
  const ask = () => {
    look();
    if (useSession.getState().session?.locked === false) void loadDisplays();
  };
  // Another window may have checked a display meanwhile; a shift may have begun.
  window.addEventListener('focus', ask);
  useSession.subscribe((state, before) => {
    if (state.session?.locked !== before.session?.locked) ask();
  });
  ask();
  useDisplays.subscribe(tellViewer);
  tellViewer();
}

function tellViewer(): void {
  void loadViewer().then(
    ({ stateDisplay }) => {
      const state = useDisplays.getState();
      stateDisplay({ doubt: doubtHere(state), kind: kindHere(state) });
    },
    () => undefined,
  );
}
