import { EventEmitter } from 'node:events';

/**
 * A functional stand-in for the parts of Electron that main and preload use: what crosses between processes is
 * structured-cloned, the sender of a call can be set, and every window's preferences are kept for inspection.
 */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}
type OpenHandler = (details: { url: string; frameName: string; features: string }) => {
  readonly action: string;
  readonly overrideBrowserWindowOptions?: WindowOptions;
};
type Handler = (event: { senderFrame: SenderFrame | null }, ...args: unknown[]) => unknown;

class FakeWebContents extends EventEmitter {
  sent: unknown[][] = [];
  openHandler: OpenHandler | undefined;
  setWindowOpenHandler(handler: OpenHandler) {
    this.openHandler = handler;
  }
  /** True when a page that moves its window by `moveTo` or `resizeTo` gets its way. */
  moves(bounds: Rectangle): boolean {
    let isPrevented = false;
    this.emit('content-bounds-updated', { preventDefault: () => (isPrevented = true) }, bounds);
    return !isPrevented;
  }
  send(...message: unknown[]) {
    this.sent.push(structuredClone(message));
  }
  /** True when the navigation would go on. */
  navigates(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', url: string): boolean {
    let isPrevented = false;
    this.emit(event, { url, preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  }
  attachesWebview(): boolean {
    let isPrevented = false;
    this.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  }
}

class FakeSession {
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.handlers.set(scheme, handler);
    },
  };
  permissionRequest:
    | ((
        contents: { getURL(): string },
        permission: string,
        decide: (isAllowed: boolean) => void,
        details: object,
      ) => void)
    | undefined;
  permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | undefined;
  devicePermission: ((details: object) => boolean) | undefined;
  beforeRequest: ((details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void) | undefined;
  isSpellChecking = true;
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<FakeSession['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  };
  constructor(readonly options: unknown) {}
  setPermissionRequestHandler(handler: NonNullable<FakeSession['permissionRequest']>) {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<FakeSession['permissionCheck']>) {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: (details: object) => boolean) {
    this.devicePermission = handler;
  }
  readonly listeners = new Map<string, (...args: never[]) => void>();
  on(event: string, listener: (...args: never[]) => void) {
    this.listeners.set(event, listener);
  }
  setSpellCheckerEnabled(isEnabled: boolean) {
    this.isSpellChecking = isEnabled;
  }
  requests(url: string): boolean {
    let isCancelled = false;
    this.beforeRequest?.({ url }, (answer) => (isCancelled = answer.cancel));
    return this.beforeRequest !== undefined && !isCancelled;
  }
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
type WindowOptions = Record<string, unknown> & { webPreferences: Record<string, unknown> };

export interface FakeDisplay {
  readonly id: number;
  readonly label: string;
  readonly size: { width: number; height: number };
  readonly workArea: Rectangle;
}

export function createFakeElectron(options: { readonly hasLock?: boolean; readonly displays?: FakeDisplay[] } = {}) {
  const handlers = new Map<string, Handler>();
  const windows: FakeBrowserWindow[] = [];
  const sessions = new Map<string, FakeSession>();
  const schemes: unknown[] = [];
  const switches: string[][] = [];
  const rendererListeners = new EventEmitter();
  const exposed: Record<string, Record<string, (...args: unknown[]) => unknown>> = {};
  let menu: { label?: string; submenu?: { label?: string; click?: () => void }[] }[] = [];
  const displays = options.displays ?? [
    {
      id: 1,
      label: 'colour',
      size: { width: 1920, height: 1080 },
      workArea: { x: 0, y: 0, width: 1920, height: 1040 },
    },
    {
      id: 2,
      label: 'grey',
      size: { width: 2048, height: 2560 },
      workArea: { x: 1920, y: 0, width: 2048, height: 2560 },
    },
  ];

  class FakeApp extends EventEmitter {
    isPackaged = true;
    isSandboxed = false;
    hasQuit = 0;
    exitCode: number | undefined;
    badge = 0;
    readonly commandLine = { appendSwitch: (...item: string[]) => void switches.push(item) };
    enableSandbox() {
      this.isSandboxed = true;
    }
    requestSingleInstanceLock() {
      return options.hasLock ?? true;
    }
    whenReady() {
      return Promise.resolve();
    }
    getPath() {
      return '/tmp/overread-fake-user-data';
    }
    quit() {
      let isPrevented = false;
      this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
      if (!isPrevented) this.hasQuit += 1;
    }
    exit(code: number) {
      this.exitCode = code;
    }
    setBadgeCount(count: number) {
      this.badge = count;
      return true;
    }
  }
  const app = new FakeApp();

  class FakeBrowserWindow extends EventEmitter {
    readonly webContents = new FakeWebContents();
    url = '';
    isFocused = false;
    minimized = false;
    constructor(readonly options: WindowOptions) {
      super();
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    loadURL(url: string) {
      this.url = url;
      return Promise.resolve();
    }
    getBounds() {
      return displays[0]!.workArea;
    }
    isMinimized() {
      return this.minimized;
    }
    restore() {
      this.minimized = false;
    }
    focus() {
      this.isFocused = true;
    }
    show() {}
    destroy() {
      this.emit('closed');
    }
  }

  /** `window.open` in that window's page: a window of the same session and process, or null where main refuses. */
  function openFromPage(opener: FakeBrowserWindow, url: string, features = ''): FakeBrowserWindow | null {
    const answer = opener.webContents.openHandler?.({ url, frameName: '', features });
    if (answer?.action !== 'allow') return null;
    const created = new FakeBrowserWindow(answer.overrideBrowserWindowOptions ?? { webPreferences: {} });
    created.url = url;
    opener.webContents.emit('did-create-window', created, { url });
    return created;
  }

  const electron = {
    app,
    BrowserWindow: FakeBrowserWindow as new (options: WindowOptions) => FakeBrowserWindow,
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: ['/media/disc'] }),
      showErrorBox: () => undefined,
    },
    ipcMain: { handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) },
    Menu: {
      buildFromTemplate: (template: typeof menu) => template,
      setApplicationMenu: (template: typeof menu) => {
        menu = template;
      },
    },
    utilityProcess: { fork: () => new EventEmitter() },
    powerMonitor: { getSystemIdleTime: () => 42 },
    protocol: { registerSchemesAsPrivileged: (list: unknown[]) => void schemes.push(...list) },
    screen: {
      getAllDisplays: () => displays,
      getPrimaryDisplay: () => displays[0]!,
      getDisplayMatching: () => displays[0]!,
    },
    session: {
      fromPartition: (name: string, sessionOptions: unknown) => {
        const existing = sessions.get(name);
        if (existing !== undefined) return existing;
        const created = new FakeSession(sessionOptions);
        sessions.set(name, created);
        return created;
      },
    },
    contextBridge: {
      exposeInMainWorld: (name: string, api: Record<string, (...args: unknown[]) => unknown>) => {
        exposed[name] = api;
      },
    },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) =>
        callMain(channel, { url: 'overread://workstation/', parent: null }, ...args),
      on: (channel: string, listener: (...args: unknown[]) => void) => rendererListeners.on(channel, listener),
      removeListener: (channel: string, listener: (...args: unknown[]) => void) =>
        rendererListeners.removeListener(channel, listener),
    },
  };

  async function callMain(channel: string, senderFrame: SenderFrame | null, ...args: unknown[]): Promise<unknown> {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`no handler for ${channel}`);
    return structuredClone(await handler({ senderFrame }, ...structuredClone(args)));
  }

  return {
    electron,
    callMain,
    openFromPage,
    windows,
    sessions,
    schemes,
    switches,
    exposed,
    channels: () => [...handlers.keys()].sort(),
    menu: () => menu,
    emitToRenderer: (channel: string, ...args: unknown[]) =>
      rendererListeners.emit(channel, {}, ...structuredClone(args)),
  };
}
export type FakeElectron = ReturnType<typeof createFakeElectron>;
