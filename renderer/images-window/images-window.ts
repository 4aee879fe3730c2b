import { create } from 'zustand';

import { changeDrawings, type DrawingsChange, type KeptDrawing } from '#shared/reporting/kept-drawing.ts';

import { call, followEventsOfHome, type LinkState, type OpenCase, type WorkstationEvent } from '../bridge/index.ts';
import {
  focusRegion,
  followViewerKey,
  forgetNextCase,
  loadViewer,
  readyNextCase,
  takeLateImages,
  viewerContextKey,
} from '../reading/index.ts';
import {
  createImagesSide,
  openChannel,
  readingHome,
  tellPlace,
  windowNumber,
  type ReachedWindow,
} from '../second-display/index.ts';
import { listenToKeys, type Command } from '../commands/index.ts';
import { displayCheck } from '../displays/index.ts';
import { addAlert, clearAlert, isDialogOpen, say } from '../ui/index.ts';
import { loadSession, markLocked, useSession } from '../settings/index.ts';

export interface ImagesWindowState {
  /** What the main window says is on its screen. */
  readonly expectedKey: string | undefined;
  /** What the workstation says is open; shown only while it is the expected one. */
  readonly opened: OpenCase | undefined;
  readonly link: LinkState;
  /** The images were taken back and the browser does not let this window close itself. */
  readonly isGivenBack: boolean;
}

export const useImagesWindow = create<ImagesWindowState>()(() => ({
  expectedKey: undefined,
  opened: undefined,
  link: 'connecting',
  isGivenBack: false,
}));

/** Both must agree: the main window about which case, the workstation about what it is. */
export const caseToShow = ({ opened, expectedKey }: ImagesWindowState): OpenCase | undefined =>
  opened !== undefined && opened.contextKey === expectedKey ? opened : undefined;

export const showProblem = (problem: string): void => addAlert('viewer', problem);

/** All that stands drawn on the open case, by the window that keeps its draft; else as the draft had it when it was opened here. */
export function drawnBefore(): readonly KeptDrawing[] {
  const { opened } = useImagesWindow.getState();
  const known = opened && readingHome()?.keptDrawings(opened.contextKey);
  return known === undefined
    ? ((opened?.draft.drawings ?? []) as readonly KeptDrawing[])
    : (structuredClone(known) as readonly KeptDrawing[]);
}

/** The draft belongs to the main window: where that is not reached, nothing is kept, and the reader is told. */
function keepDrawn(contextKey: string, change: DrawingsChange, reached: ReachedWindow): void {
  const home = readingHome();
  if (home !== undefined) return home.keepDrawings(contextKey, change, reached);
  const before = drawnBefore();
  if (changeDrawings(before, change) !== before)
    showProblem('What is drawn or changed in this window is not kept: bring the images back to draw for the report.');
}

/** For as long as this window lives the main one reaches its viewer, and its keys reach the main one's commands. */
function joinReading(viewer: Awaited<ReturnType<typeof loadViewer>>): void {
  const reached: ReachedWindow = {
    viewerContextKey: viewer.viewerContextKey,
    shownImage: viewer.shownImage,
    whyViewIsNotKept: viewer.whyViewIsNotKept,
    measurementForReport: viewer.measurementForReport,
    showReported: (reported) => viewer.showReported(structuredClone(reported)),
    runViewerCommand: viewer.runViewerCommand,
    takeDrawings: (contextKey, change) => viewer.takeDrawings(contextKey, structuredClone(change)),
    hear: say,
  };
  const use = () => readingHome()?.use(reached);
  use();
  viewer.followDrawings((contextKey, change) => keepDrawn(contextKey, change, reached));
  // Also after the main window was loaded anew: it then tells its case again.
  useImagesWindow.subscribe((state, before) => {
    if (state.expectedKey !== before.expectedKey) use();
  });
  window.addEventListener('focus', use);
  window.addEventListener('pointerdown', use, true);
  window.addEventListener('keydown', use, true);
  window.addEventListener('pagehide', () => readingHome()?.leave(reached));
}

const OWN_COMMANDS: readonly Command[] = [
  displayCheck,
  {
    id: 'reading.viewer',
    title: 'Go to viewer',
    group: 'Reading',
    keys: ['Alt+1'],
    when: () => true,
    run: () => focusRegion('viewer'),
  },
];

/** This window's own, then those of the main one; the viewer answers its keys itself. */
const commandsHere = (): readonly Command[] => {
  const isOfMain = ({ id, isViewerKey }: Command) => isViewerKey !== true && OWN_COMMANDS.every((own) => own.id !== id);
  return [...OWN_COMMANDS, ...(readingHome()?.commands().filter(isOfMain) ?? [])];
};

const isBlocked = (): boolean =>
  isDialogOpen() || useSession.getState().session?.locked !== false || readingHome()?.isBlocked() === true;

let asked = 0;

/** An answer that a later question has overtaken is dropped. */
async function loadOpenCase(): Promise<void> {
  const mine = ++asked;
  try {
    const answer = await call('openCaseNow', {});
    if (mine === asked) useImagesWindow.setState({ opened: answer.case });
  } catch {
    // Locked, or not there: nothing of a patient stays on this screen without the workstation's word.
    if (mine === asked) useImagesWindow.setState({ opened: undefined });
  }
}

async function bringUpToDate(): Promise<void> {
  await loadSession();
  if (useSession.getState().session?.locked === false) await loadOpenCase();
}

function takeCase(expectedKey: string | undefined): void {
  useImagesWindow.setState({ expectedKey });
  clearAlert('viewer');
  say('');
  if (expectedKey !== undefined && useImagesWindow.getState().opened?.contextKey !== expectedKey) void loadOpenCase();
}

function takeEvent(event: WorkstationEvent): void {
  switch (event.type) {
    case 'case-changed':
      void readyNextCase();
      return void bringUpToDate();
    case 'session-locked':
      useImagesWindow.setState({ opened: undefined });
      void forgetNextCase();
      return markLocked();
    case 'records-changed':
      return void loadOpenCase();
    case 'images-arrived':
      void loadOpenCase();
      return void takeLateImages(event.studyInstanceUid);
    case 'worklist-changed':
      return void readyNextCase();
    case 'heartbeat':
    case 'deliveries-changed':
    case 'critical-changed':
    case 'notes-changed':
    case 'claim-lost':
    case 'import-progress':
      return;
  }
}

function takeLink(link: LinkState): void {
  useImagesWindow.setState({ link });
  if (link === 'connected') void bringUpToDate();
}

/** Of the case shown here, if it still is that one. */
export function takeIdentity(taskId: string, identity: OpenCase['identity']): void {
  const { opened } = useImagesWindow.getState();
  if (opened?.taskId === taskId) useImagesWindow.setState({ opened: { ...opened, identity } });
}

/** Joins the main window and the workstation; for the life of this window. */
export function startImagesWindow(): void {
  const side = createImagesSide({
    channel: openChannel(),
    windowId: crypto.randomUUID(),
    shownKey: viewerContextKey,
    onCase: takeCase,
    onClose: () => {
      side.leave();
      useImagesWindow.setState({ opened: undefined, expectedKey: undefined, isGivenBack: true });
      window.close();
    },
  });
  tellPlace(windowNumber());
  listenToKeys(commandsHere, isBlocked);
  followViewerKey(() => side.tell());
  // A viewer that cannot be loaded has nothing drawn; its slot says so.
  void loadViewer().then(joinReading, () => undefined);
  window.addEventListener('pagehide', () => side.leave());
  // Brought back from the browser's memory: it left the exchange then, and joins again by starting anew.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  followEventsOfHome({ onEvent: takeEvent, onLink: takeLink });
}
