import '@mantine/core/styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import type { EpochMs } from '#shared/kernel/clock.ts';

import { addCommands, commandTable, listenToKeys } from '../commands/index.ts';
import { isReading, loadViewer } from '../reading/index.ts';
import { flushReport, hasUnsavedText } from '../report/index.ts';
import { applyLight, loadSession, useSession } from '../settings/index.ts';
import { isDialogOpen, openDialog, startClock } from '../ui/index.ts';
import { App } from './App.tsx';
import { appCommands } from './commands.ts';
import { startLink } from './link.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

applyLight();
addCommands(appCommands);
startClock({ now: () => Date.now() as EpochMs });
listenToKeys(commandTable, () => isDialogOpen() || useSession.getState().session?.locked !== false);
// The window may close at any moment: what is typed goes out before it does.
window.addEventListener('pagehide', () => void flushReport());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void flushReport();
});
// Leaving would lose text that neither disk nor door has taken: the browser asks. Electron has no such question to show.
window.addEventListener('beforeunload', (event) => {
  if (hasUnsavedText() && useSession.getState().session?.host === 'browser') event.preventDefault();
});
// A file dropped on a window would replace it. A browser tells no path of what is dropped, so the folder is asked for.
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  if (!isDialogOpen() && !isReading()) openDialog('import-folder');
});
void loadSession();
void startLink(new AbortController().signal);
void loadViewer().catch(() => undefined);

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
