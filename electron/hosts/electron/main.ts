import { fileURLToPath } from 'node:url';

import { app, BrowserWindow, dialog, ipcMain, Menu, powerMonitor, protocol, screen, session } from 'electron';

import { SHELL_COMMAND_CHANNEL } from '#shared/contract/shell.ts';
import { SECURITY_HEADERS } from '#electron/hosts/browser/door-guard.ts';
import { parseWorkstationArguments } from '#electron/hosts/cli/workstation-arguments.ts';
import { holdDataFolder } from '#electron/hosts/compose/data-folder.ts';
import { openWorkstation, type OpenWorkstation } from '#electron/hosts/compose/open-workstation.ts';
import { loadConfig } from '#electron/hosts/config/load-config.ts';
import { createJsonLog } from '#electron/hosts/json-log.ts';
import { closeInTime } from '#electron/hosts/program-life.ts';

import { hardenApp, hardenSession, webPreferences } from './hardening.ts';
import { isOnADisplay, parseImagesRequest, placeForImages } from './images-window.ts';
import { menuTemplate } from './menu.ts';
import { isOwnAddress, ORIGIN, SCHEME } from './origin.ts';
import { serveShellCalls } from './shell-calls.ts';
import { startUtilityProcess } from './start-utility-process.ts';

const PRELOAD = fileURLToPath(new URL('preload.cjs', import.meta.url));
const BACKGROUND = '#0b0b0b';

let workstation: OpenWorkstation | undefined;
let mainWindow: BrowserWindow | undefined;

hardenApp(app);
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

/** The door, mounted on the custom scheme: same answers as behind the loopback server of the other host. */
async function answer(request: Request): Promise<Response> {
  if (workstation === undefined || !isOwnAddress(request.url)) return new Response('not found', { status: 404 });
  const response = await workstation.fetch(request);
  const guarded = new Response(response.body, response);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) guarded.headers.set(name, value);
  return guarded;
}

const windowOptions = (): Electron.BrowserWindowConstructorOptions => ({
  minWidth: 1024,
  minHeight: 700,
  title: 'Overread',
  backgroundColor: BACKGROUND,
  webPreferences: webPreferences(PRELOAD, session.fromPartition('overread', { cache: false }), app.isPackaged),
});

/** The page's title never holds patient data, and the window's never follows the page. Nor does it go where no display is. */
function holdInPlace(window: BrowserWindow): void {
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.webContents.on('content-bounds-updated', (event, bounds) => {
    if (!isOnADisplay(screen.getAllDisplays(), bounds)) event.preventDefault();
  });
}

/** Windows of images, opened by the page itself, live in its process and on its decoded images (decision 33). Nothing else is opened. */
function letOpenImages(window: BrowserWindow): void {
  window.webContents.setWindowOpenHandler((details) => {
    const request = parseImagesRequest(details);
    const here = screen.getDisplayMatching(window.getBounds());
    const place = request === undefined ? undefined : placeForImages(screen.getAllDisplays(), here.id, request);
    if (place === undefined) return { action: 'deny' };
    return { action: 'allow', overrideBrowserWindowOptions: { ...windowOptions(), ...place } };
  });
  window.webContents.on('did-create-window', holdInPlace);
}

function openMainWindow(): BrowserWindow {
  const window = new BrowserWindow({ ...windowOptions(), width: 1600, height: 1000, show: false });
  holdInPlace(window);
  letOpenImages(window);
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${ORIGIN}/`);
  return window;
}

/** The flags of `npm start`, which starts this host with them; a wrong one stops the start with its reason. */
async function openFromArguments(argv: readonly string[]): Promise<OpenWorkstation> {
  const parsed = parseWorkstationArguments(argv);
  if (!parsed.ok) throw new Error(parsed.error);
  const { data, config: path, imports } = parsed.value;
  const config = path === undefined ? undefined : loadConfig(path, process.env);
  if (config !== undefined && !config.ok) throw new Error(config.error);
  const folder = holdDataFolder(data ?? app.getPath('userData'));
  if ('refusal' in folder) throw new Error(`The data folder is ${folder.refusal}.`);
  const opened = await openWorkstation({
    host: 'electron',
    dataFolder: folder.path,
    config: config?.value,
    imports,
    startModelProcess: startUtilityProcess,
    log: createJsonLog(),
  });
  return {
    fetch: opened.fetch,
    close: async () => {
      await opened.close();
      folder.release();
    },
  };
}

async function start(): Promise<void> {
  const ownSession = session.fromPartition('overread', { cache: false });
  hardenSession(ownSession);
  ownSession.protocol.handle(SCHEME, answer);
  workstation = await openFromArguments(process.argv.slice(app.isPackaged ? 1 : 2));
  serveShellCalls(ipcMain, {
    app,
    dialog,
    powerMonitor,
    mainWindow: () => mainWindow,
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, (commandId) => {
        mainWindow?.webContents.send(SHELL_COMMAND_CHANNEL, commandId);
      }),
    ),
  );
  mainWindow = openMainWindow();
  mainWindow.once('closed', () => {
    app.quit();
  });
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (mainWindow?.isMinimized()) mainWindow.restore();
    mainWindow?.focus();
  });
  let isClosing = false;
  app.on('before-quit', (event) => {
    if (isClosing || workstation === undefined) return;
    // Deliveries and drafts are closed properly before the process ends.
    event.preventDefault();
    isClosing = true;
    void closeInTime(workstation.close, createJsonLog()).finally(() => {
      app.quit();
    });
  });
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      dialog.showErrorBox('Overread could not start', error instanceof Error ? error.message : 'unknown reason');
      app.exit(1);
    });
} else {
  app.quit();
}
