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
import { chooseImagesDisplay, isOnADisplay } from './images-window.ts';
import { menuTemplate } from './menu.ts';
import { isOwnAddress, ORIGIN, SCHEME } from './origin.ts';
import { serveShellCalls, type ShellPorts } from './shell-calls.ts';
import { startUtilityProcess } from './start-utility-process.ts';

const PRELOAD = fileURLToPath(new URL('preload.cjs', import.meta.url));
const BACKGROUND = '#0b0b0b';

let workstation: OpenWorkstation | undefined;
let mainWindow: BrowserWindow | undefined;
const imagesWindows = new Map<number, BrowserWindow>();

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

function openWindow(path: string, bounds: Partial<Electron.Rectangle>): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 1000,
    minWidth: 1024,
    minHeight: 700,
    ...bounds,
    show: false,
    title: 'Overread',
    backgroundColor: BACKGROUND,
    webPreferences: webPreferences(PRELOAD, session.fromPartition('overread', { cache: false }), app.isPackaged),
  });
  // The page's title never holds patient data, and the window's never follows the page.
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${ORIGIN}${path}`);
  return window;
}

function showImages(number: number, bounds: Electron.Rectangle): void {
  imagesWindows.get(number)?.destroy();
  const opened = openWindow(`/?window=images${number === 1 ? '' : `&number=${number}`}`, bounds);
  imagesWindows.set(number, opened);
  opened.once('closed', () => {
    if (imagesWindows.get(number) === opened) imagesWindows.delete(number);
  });
}

function openImagesWindow(displayId: number | undefined, number: number): boolean {
  const here =
    mainWindow === undefined ? screen.getPrimaryDisplay() : screen.getDisplayMatching(mainWindow.getBounds());
  const display = chooseImagesDisplay(screen.getAllDisplays(), here.id, displayId, number);
  if (display === undefined) return false;
  showImages(number, display.workArea);
  return true;
}

/** A place of the saved desk, where a display still is. */
function placeImagesWindow(place: Parameters<ShellPorts['placeImagesWindow']>[0]): boolean {
  if (!isOnADisplay(screen.getAllDisplays(), place)) return false;
  const { number, left, top, width, height } = place;
  showImages(number, { x: left, y: top, width, height });
  return true;
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
    screen,
    powerMonitor,
    mainWindow: () => mainWindow,
    openImagesWindow,
    placeImagesWindow,
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, (commandId) => {
        mainWindow?.webContents.send(SHELL_COMMAND_CHANNEL, commandId);
      }),
    ),
  );
  mainWindow = openWindow('/', {});
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
