import { nativeHost } from '../bridge/index.ts';
import { addCommands, commandTable, listenToKeys } from '../commands/index.ts';
import { isReading, leaveWithWindow, useReading } from '../reading/index.ts';
import { flushReport, hasUnsavedText } from '../report/index.ts';
import { startMainSide } from '../second-display/index.ts';
import { canLock, lockNow, startIdleLock, useSession } from '../settings/index.ts';
import { isDialogOpen, openDialog } from '../ui/index.ts';
import { entriesOf, importDropped, keepBadge } from '../worklist/index.ts';
import { appCommands } from './commands.ts';
import { startLink } from './link.ts';
import { runFromMenu } from './menu-commands.ts';

/** Everything the main window listens to; the window of images has none of it. */
export function startMainWindow(): void {
  addCommands(appCommands);
  listenToKeys(commandTable, () => isDialogOpen() || useSession.getState().session?.locked !== false);
  const shell = nativeHost();
  if (shell !== undefined) {
    shell.onCommand(runFromMenu);
    keepBadge((count) => shell.setBadge(count));
  }
  startIdleLock({
    idleSeconds: shell === undefined ? undefined : () => shell.idleSeconds(),
    canLock: () => canLock(useSession.getState()),
    lock: () => void lockNow(),
  });
  followCase();
  followDrops();
  // The window may close at any moment: what is typed goes out before it does.
  window.addEventListener('pagehide', () => void flushReport());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flushReport();
  });
  // Leaving would lose text that neither disk nor door has taken: the browser asks. Electron has no such question to show.
  window.addEventListener('beforeunload', (event) => {
    if (hasUnsavedText() && useSession.getState().session?.host === 'browser') event.preventDefault();
  });
  void startLink(new AbortController().signal);
}

/** The window on the other display learns of every change here first, and shows nothing while this one is locked. */
function followCase(): void {
  const side = startMainSide();
  const show = () =>
    side.show(useSession.getState().session?.locked === true ? undefined : useReading.getState().opened?.contextKey);
  useReading.subscribe(show);
  useSession.subscribe(show);
  window.addEventListener('pagehide', () => {
    side.close();
    leaveWithWindow();
  });
}

/** A browser tells no path of what is dropped, so its files are brought here one by one. */
function followDrops(): void {
  window.addEventListener('drop', (event) => {
    const isFree = !isDialogOpen() && !isReading() && useSession.getState().session?.locked === false;
    if (!isFree || event.dataTransfer === null) return;
    openDialog('import-folder');
    // The items are there only while the event runs.
    void importDropped(entriesOf(event.dataTransfer));
  });
}
