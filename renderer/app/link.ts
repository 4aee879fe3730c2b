import { create } from 'zustand';

import { EVENTS_WITH_LIST } from '#shared/contract/events.ts';

import { followEvents, offerEvents, pauseFor, type LinkState, type WorkstationEvent } from '../bridge/index.ts';
import { loadCritical } from '../critical/index.ts';
import { loadDeliveries } from '../delivery/index.ts';
import { loadAskedSite } from '../notes/index.ts';
import { loadNotesAgain, loseClaim, noteLateImages, renewClaim } from '../reading/index.ts';
import { flushReport, loadDiscrepancies, showUndo } from '../report/index.ts';
import { loadSession, markLocked, useSession } from '../settings/index.ts';
import { clearAlert, raiseAlert, say } from '../ui/index.ts';
import { loadWorklist, takeList } from '../worklist/index.ts';

export const useLink = create<{ readonly state: LinkState }>()(() => ({ state: 'connecting' }));

/** Follows the workstation's events until aborted, and brings everything up to date whenever the link is back. */
export function startLink(signal: AbortSignal): Promise<void> {
  const others = offerEvents();
  return followEvents(signal, {
    fetch: (input, init) => globalThis.fetch(input, init),
    path: EVENTS_WITH_LIST,
    pause: pauseFor,
    onEvent(event) {
      takeEvent(event);
      others.onEvent(event);
    },
    onLink(state) {
      takeLink(state);
      others.onLink(state);
    },
  });
}

function takeLink(state: LinkState): void {
  const before = useLink.getState().state;
  useLink.setState({ state });
  if (state === 'lost') {
    raiseAlert('link', 'Connection to the workstation lost. Images are hidden; what you typed is kept in this window.');
    return;
  }
  if (state !== 'connected') return;
  clearAlert('link');
  if (before === 'lost') say('Connected again.');
  void bringUpToDate();
}

async function bringUpToDate(): Promise<void> {
  await loadSession();
  showUndo(useSession.getState().session?.undo);
  await Promise.all([
    loadWorklist(),
    loadDeliveries(),
    loadCritical(),
    loadDiscrepancies(),
    flushReport(),
    renewClaim(),
  ]);
}

function takeEvent(event: WorkstationEvent): void {
  switch (event.type) {
    case 'heartbeat':
      return;
    case 'images-arrived':
      noteLateImages(event.studyInstanceUid, event.count);
      return soon('worklist', loadWorklist);
    case 'worklist-changed':
      if (event.told !== undefined && takeList(event.told)) return;
      return soon('worklist', loadWorklist);
    case 'deliveries-changed':
      return soon('deliveries', loadDeliveries);
    case 'critical-changed':
      soon('questions', loadAskedSite);
      return soon('critical', loadCritical);
    case 'session-locked':
      return markLocked();
    case 'case-changed':
      // Said for the window with the images; this one opens and closes the cases itself.
      return;
    case 'notes-changed':
    case 'records-changed':
      return void loadNotesAgain(event.taskId);
    case 'claim-lost':
      return loseClaim(event.taskId);
    case 'import-progress':
      say(event.done ? `Import finished: ${event.files} files.` : `Importing: ${event.files} files so far.`);
      return;
  }
}

const GATHER_MS = 150;
const waiting = new Set<string>();

/** Many changes at once are asked for once. */
function soon(what: string, load: () => Promise<void>): void {
  if (waiting.has(what)) return;
  waiting.add(what);
  setTimeout(() => {
    waiting.delete(what);
    void load();
  }, GATHER_MS);
}
