import type { App, Session, WebContents, WebPreferences } from 'electron';

import { isOwnAddress } from './origin.ts';

/** Electron's security checklist as data; a test compares it whole. */
export function webPreferences(preload: string, session: Session, isPackaged: boolean): WebPreferences {
  return {
    preload,
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    safeDialogs: true,
    devTools: !isPackaged,
  };
}

/** The microphone, its buttons and notices on the desktop, for our own page: everything else is refused (checklist item 5). */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['media', 'notifications', 'hid']);
const isAllowedPermission = (permission: string, address: string): boolean =>
  ALLOWED_PERMISSIONS.has(permission) && isOwnAddress(address);

/** USB vendors of dictation microphones and pedals: Philips (0911), Dictaphone and Nuance (0554). */
const DICTATION_VENDORS: ReadonlySet<number> = new Set([0x0911, 0x0554]);
const isDictationDevice = (device: object): boolean =>
  'vendorId' in device && typeof device.vendorId === 'number' && DICTATION_VENDORS.has(device.vendorId);

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const isAudioOnly = !('mediaTypes' in details) || (details.mediaTypes ?? []).every((type) => type === 'audio');
    decide(isAudioOnly && isAllowedPermission(permission, contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowedPermission(permission, origin));
  session.setDevicePermissionHandler(
    ({ deviceType, device, origin }) => deviceType === 'hid' && isDictationDevice(device) && isOwnAddress(origin),
  );
  // The page asks for dictation devices only; the first of them is the one on the desk.
  session.on('select-hid-device', (event, { deviceList }, choose) => {
    event.preventDefault();
    choose(deviceList.find(isDictationDevice)?.deviceId ?? null);
  });
  session.setSpellCheckerEnabled(false);
  // The page speaks to its own door only; images it made itself are blobs.
  session.webRequest.onBeforeRequest((details, decide) => {
    const isLocal = isOwnAddress(details.url) || /^(blob|data|devtools):/.test(details.url);
    decide({ cancel: !isLocal });
  });
}

function hardenContents(contents: WebContents): void {
  const stayHere = (event: { preventDefault(): void }, address: string) => {
    if (!isOwnAddress(address)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => {
    stayHere(event, event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    stayHere(event, event.url);
  });
  contents.on('will-redirect', (event) => {
    stayHere(event, event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Switches and events that hold for the whole process, before it is ready. */
export function hardenApp(app: App): void {
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-http-cache');
  app.commandLine.appendSwitch('force-color-profile', 'srgb');
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND , EXCLUDE 127.0.0.1');
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents);
  });
}
