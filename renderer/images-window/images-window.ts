import { create } from 'zustand';

import { changeDrawings, type DrawingsChange, type KeptDrawing } from '#shared/reporting/kept-drawing.ts';

import { call, followEventsOfHome, type LinkState, type OpenCase, type WorkstationEvent } from '../bridge/index.ts';
import {
  followViewerKey,
  forgetNextCase,
  loadViewer,
  readyNextCase,
  takeLateImages,
  viewerContextKey,
} from '../reading/index.ts';
import { createImagesSide, openChannel, tellPlace, windowNumber } from '../second-display/index.ts';
import { openDialog } from '../ui/index.ts';
import { loadSession, markLocked, useSession } from '../settings/index.ts';

export interface ImagesWindowState {
  /** What the main window says is on its screen. */
  readonly expectedKey: string | undefined;
  /** What the workstation says is open; shown only while it is the expected one. */
  readonly opened: OpenCase | undefined;
  readonly link: LinkState;
  /** The images were taken back and the browser does not let this window close itself. */
  readonly isGivenBack: boolean;
  readonly problem: string | undefined;
}

export const useImagesWindow = create<ImagesWindowState>()(() => ({
  expectedKey: undefined,
  opened: undefined,
  link: 'connecting',
  isGivenBack: false,
  problem: undefined,
}));

/** Both must agree: the main window about which case, the workstation about what it is. */
export const caseToShow = ({ opened, expectedKey }: ImagesWindowState): OpenCase | undefined =>
  opened !== undefined && opened.contextKey === expectedKey ? opened : undefined;

/** What was drawn on the open case, as its draft had it when this window was given the case. */
export const drawnBefore = (): readonly KeptDrawing[] =>
  (useImagesWindow.getState().opened?.draft.drawings ?? []) as readonly KeptDrawing[];

/** The draft belongs to the main window. */
function noteDrawn(_contextKey: string, change: DrawingsChange): void {
  const before = drawnBefore();
  if (changeDrawings(before, change) !== before)
    showProblem('What is drawn or changed in this window is not kept: bring the images back to draw for the report.');
}

export const showProblem = (problem: string): void => useImagesWindow.setState({ problem });

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
  useImagesWindow.setState({ expectedKey, problem: undefined });
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
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'F10' || useSession.getState().session?.locked !== false) return;
    event.preventDefault();
    openDialog('display-check');
  });
  followViewerKey(() => side.tell());
  // A viewer that cannot be loaded has nothing drawn; its slot says so.
  void loadViewer().then(
    (viewer) => viewer.followDrawings(noteDrawn),
    () => undefined,
  );
  window.addEventListener('pagehide', () => side.leave());
  // Brought back from the browser's memory: it left the exchange then, and joins again by starting anew.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  followEventsOfHome({ onEvent: takeEvent, onLink: takeLink });
}
