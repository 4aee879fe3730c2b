import '@mantine/core/styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import type { EpochMs } from '#shared/kernel/clock.ts';

import { followDisplay } from '../displays/index.ts';
import { startImagesWindow } from '../images-window/index.ts';
import { loadViewer } from '../reading/index.ts';
import { applyLight, loadSession, tellInput } from '../settings/index.ts';
import { startClock } from '../ui/index.ts';
import { App, ImagesApp } from './App.tsx';
import { startMainWindow } from './main-window.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

applyLight();
startClock({ now: () => Date.now() as EpochMs });
// A file dropped on a window would replace it.
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => event.preventDefault());
void loadSession();
void loadViewer().catch(() => undefined);
followDisplay();

const isImagesWindow = new URLSearchParams(location.search).get('window') === 'images';
if (isImagesWindow) {
  startImagesWindow();
  tellInput();
} else {
  startMainWindow();
}

createRoot(root).render(<StrictMode>{isImagesWindow ? <ImagesApp /> : <App />}</StrictMode>);
