import { nativeHost, type NextCase } from '../bridge/index.ts';
import { addCommands, commandTable, listenToKeys, type Command } from '../commands/index.ts';
import { startDictation } from '../dictation/index.ts';
import { startDeliveryAlarm } from '../delivery/index.ts';
import { followArrivals } from '../notices/index.ts';
import { forgetNextCase, isReading, leaveWithWindow, readyCase, readyNextCase, useReading } from '../reading/index.ts';
import { flushReport, hasUnsavedText, keepDrawings, keptDrawings, reportContextKey } from '../report/index.ts';
import { areImagesElsewhere, offerReading, startMainSide, useSecondDisplay } from '../second-display/index.ts';
import { canLock, lockNow, startIdleLock, useSession } from '../settings/index.ts';
import { followSaid, isDialogOpen, openDialog } from '../ui/index.ts';
import {
  entriesOf,
  followAsked,
  followCounts,
  followRows,
  followTime,
  importDropped,
  keepBadge,
  useWorklist,
} from '../worklist/index.ts';
import { appCommands } from './commands.ts';
import { startLink } from './link.ts';
import { runFromMenu } from './menu-commands.ts';

/** How often a list about time is looked through again. */
const LIST_MS = 15_000;

/** Everything the main window listens to; the window of images has none of it. */
export function startMainWindow(): void {
  addCommands(appCommands);
  const isBlocked = () => isDialogOpen() || useSession.getState().session?.locked !== false;
  listenToKeys(commandTable, isBlocked);
  offerReading({
    keepDrawings,
    keptDrawings: (contextKey) => (reportContextKey() === contextKey ? keptDrawings() : undefined),
    commands: () => commandTable().map(fromElsewhere),
    isBlocked,
    followSaid,
  });
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
  followArrivals(followRows, followAsked);
  followCounts();
  startDeliveryAlarm();
  startDictation({
    isLocked: () => useSession.getState().session?.locked !== false,
    followLock: (listener) => useSession.subscribe(listener),
  });
  followTime(LIST_MS);
  followCase();
  followNextCase();
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

/** As it is done from a window of images: what now waits for the reader here comes to the front. */
const fromElsewhere = (command: Command): Command => ({
  ...command,
  run() {
    const { activeElement } = document;
    command.run();
    if (isDialogOpen() || document.activeElement !== activeElement) window.focus();
  },
});

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

const GATHER_MS = 200;

/**
 * Whatever may change which case comes next is looked at once in a while, however often it changes. The list tells it along with its rows; where the reader
 * stands elsewhere, or has opened or left a case, it is asked for.
 */
function followNextCase(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isToldByList = true;
  const look = () => {
    timer = undefined;
    const isLocked = useSession.getState().session?.locked !== false;
    const { answer, focusedId } = useWorklist.getState();
    if (isLocked || areImagesElsewhere()) void forgetNextCase();
    else if (useReading.getState().isOpening) return soon(isToldByList);
    else if (isToldByList) void readyCase(answer?.nextCase);
    else void readyNextCase(focusedId);
    isToldByList = true;
  };
  const soon = (byList: boolean) => {
    isToldByList &&= byList;
    timer ??= setTimeout(look, GATHER_MS);
  };
  useWorklist.subscribe((state, before) => {
    if (state.focusedId !== before.focusedId) soon(false);
    else if (state.answer !== before.answer && !isSameCase(state.answer?.nextCase, before.answer?.nextCase)) soon(true);
  });
  useReading.subscribe((state, before) => {
    if (state.opened !== before.opened) soon(false);
  });
  // Where the images come home they are made ready here; where they go, what is ready here has served.
  useSecondDisplay.subscribe(() => soon(false));
  useSession.subscribe((state, before) => {
    if (state.session?.locked !== before.session?.locked) soon(false);
  });
}

const isSameCase = (one: NextCase | undefined, other: NextCase | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

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
