import { createFakeElectron, type SenderFrame } from '#tests/support/fake-electron.ts';
import { loadShell, type Mutation } from '#tests/support/load-shell.ts';

const OWN = 'overread://workstation/';
const FOREIGN = [
  'https://evil.example/',
  'overread://other/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'http://127.0.0.1:80/',
];

/** Everything Electron's security checklist asks of this shell, looked at from outside. Returns what is wrong. */
export async function checkShell(mutation?: Mutation): Promise<string[]> {
  const fake = createFakeElectron();
  const wrong: string[] = [];
  const expectThat = (what: string, isTrue: boolean) => {
    if (!isTrue) wrong.push(what);
  };
  const door = await loadShell(fake, mutation);
  const { app } = fake.electron;

  expectThat('the app enables the sandbox for all', app.isSandboxed);
  expectThat(
    'the scheme is standard, secure, fetchable, streaming and nothing more',
    JSON.stringify(fake.schemes) ===
      JSON.stringify([
        { scheme: 'overread', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
      ]),
  );
  expectThat(
    'nothing resolves beyond loopback',
    fake.switches.some(
      ([name, value]) => name === 'host-resolver-rules' && value === 'MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ),
  );

  const window = fake.windows[0];
  if (window === undefined) return [...wrong, 'no window was opened'];
  expectThat('the window shows our page', window.url === OWN);
  const { session: windowSession, preload, ...preferences } = window.options.webPreferences;
  const expected = {
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
    devTools: false,
  };
  for (const [name, value] of Object.entries(expected))
    expectThat(`webPreferences.${name}`, preferences[name] === value);
  expectThat('no other web preference is set', Object.keys(preferences).length === Object.keys(expected).length);
  expectThat('the preload is the bundled one', String(preload).endsWith('preload.cjs'));
  expectThat('the title is not the page’s', window.emit('page-title-updated', { preventDefault: () => undefined }));

  const session = fake.sessions.get('overread');
  if (session === undefined || windowSession !== session) return [...wrong, 'the window has a session of its own'];
  expectThat('the session lives in memory, without a cache', JSON.stringify(session.options) === '{"cache":false}');
  expectThat('spell checking does not send words away', !session.isSpellChecking);
  const asks = (permission: string, url: string, details: object = {}) => {
    let isAllowed = false;
    session.permissionRequest?.({ getURL: () => url }, permission, (answer) => (isAllowed = answer), details);
    return isAllowed;
  };
  expectThat('the microphone may be asked for', asks('media', OWN, { mediaTypes: ['audio'] }));
  expectThat('the camera may not', !asks('media', OWN, { mediaTypes: ['audio', 'video'] }));
  expectThat('a foreign page gets no microphone', !asks('media', FOREIGN[0]!, { mediaTypes: ['audio'] }));
  for (const permission of ['geolocation', 'midi', 'openExternal', 'fullscreen', 'usb', 'clipboard-read']) {
    expectThat(
      `permission ${permission} is refused`,
      !asks(permission, OWN) && !session.permissionCheck?.({}, permission, OWN),
    );
  }
  expectThat('notices on the desktop are allowed to our own page', asks('notifications', OWN));
  expectThat('notices of a foreign page are refused', !asks('notifications', FOREIGN[0]!));
  expectThat('a permission check exists', session.permissionCheck?.({}, 'media', OWN) === true);
  expectThat('a foreign origin passes no check', session.permissionCheck?.({}, 'media', FOREIGN[0]!) === false);
  const mayUse = (vendorId: number, origin: string, deviceType = 'hid') =>
    session.devicePermission?.({ deviceType, origin, device: { vendorId } }) === true;
  expectThat('devices are refused', session.devicePermission?.({}) === false && !mayUse(0x046d, OWN));
  expectThat('a dictation device is ours alone', mayUse(0x0554, OWN) && !mayUse(0x0554, FOREIGN[0]!));
  expectThat('no other kind of device is ours', !mayUse(0x0554, OWN, 'usb'));
  expectThat(
    'our own address is fetched',
    session.requests(`${OWN}api/x`) && session.requests('blob:overread://workstation/1'),
  );
  for (const url of FOREIGN.slice(0, 3)) expectThat(`no request to ${url}`, !session.requests(url));

  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    expectThat(`${event} within the app`, window.webContents.navigates(event, `${OWN}x`));
    for (const url of FOREIGN) expectThat(`${event} to ${url} is stopped`, !window.webContents.navigates(event, url));
  }
  expectThat('no webview', !window.webContents.attachesWebview());
  for (const wrong of checkOpening(fake)) expectThat(wrong, false);

  const handler = session.handlers.get('overread');
  const answer = await handler?.(new Request('overread://workstation/index.html'));
  const policy = answer?.headers.get('content-security-policy') ?? '';
  const directives = Object.fromEntries(policy.split(';').map((part) => part.trim().split(/\s+(.*)/)));
  const expectedPolicy = {
    'default-src': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'worker-src': "'self' blob:",
    'connect-src': "'self'",
    'img-src': "'self' data: blob:",
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  expectThat(
    'the content security policy, directive by directive',
    JSON.stringify(directives) === JSON.stringify(expectedPolicy),
  );
  expectThat('answers are not sniffed', answer?.headers.get('x-content-type-options') === 'nosniff');
  expectThat('the door answers', door.requests.length === 1);
  expectThat(
    'another host of the scheme is not the door',
    (await handler?.(new Request('overread://other/api')))?.status === 404,
  );
  expectThat('that request did not reach the door', door.requests.length === 1);

  expectThat(
    'exactly these channels are served',
    fake.channels().join() === ['choose-folder', 'idle-seconds', 'set-badge'].map((name) => `overread:${name}`).join(),
  );
  const refuses = async (sender: SenderFrame | null, channel: string, ...args: unknown[]) =>
    fake.callMain(channel, sender, ...args).then(
      () => false,
      () => true,
    );
  for (const channel of fake.channels()) {
    expectThat(`${channel} refuses a foreign page`, await refuses({ url: FOREIGN[0]!, parent: null }, channel));
    expectThat(`${channel} refuses a frame inside the page`, await refuses({ url: OWN, parent: {} }, channel));
    expectThat(`${channel} refuses a vanished frame`, await refuses(null, channel));
  }
  const own = { url: OWN, parent: null };
  expectThat('arguments are checked', await refuses(own, 'overread:set-badge', '4'));
  expectThat('too many arguments are refused', await refuses(own, 'overread:choose-folder', '/etc'));

  const api = fake.exposed['overread'] ?? {};
  expectThat(
    'the preload exposes one frozen, tiny object',
    Object.keys(fake.exposed).join() === 'overread' &&
      Object.isFrozen(api) &&
      Object.keys(api).sort().join() === 'chooseFolder,idleSeconds,onCommand,setBadge',
  );
  expectThat('a folder can be chosen', (await api['chooseFolder']?.()) === '/media/disc');
  expectThat('idle time is told', (await api['idleSeconds']?.()) === 42);
  const heard: unknown[] = [];
  const stop = api['onCommand']?.((id: unknown) => heard.push(id)) as (() => void) | undefined;
  fake.emitToRenderer('overread:command', 'app.shortcuts');
  fake.emitToRenderer('overread:command', { id: 'object' });
  stop?.();
  fake.emitToRenderer('overread:command', 'app.about');
  expectThat('menu commands reach the page, texts only, until it stops listening', heard.join() === 'app.shortcuts');

  app.emit('second-instance');
  expectThat('a second start comes to this window', window.isFocused);
  app.quit();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expectThat('quitting closes the workstation first, then quits once', door.closed === 1 && app.hasQuit === 1);

  const second = createFakeElectron({ hasLock: false });
  await loadShell(second, mutation);
  expectThat(
    'a second instance opens no window and quits',
    second.windows.length === 0 && second.electron.app.hasQuit === 1,
  );
  return wrong;
}

/** What the main window's page may open, and where it then stands. Returns what is wrong. */
function checkOpening(fake: ReturnType<typeof createFakeElectron>): string[] {
  const wrong: string[] = [];
  const expectThat = (what: string, isTrue: boolean) => {
    if (!isTrue) wrong.push(what);
  };
  const main = fake.windows[0]!;
  const IMAGES = `${OWN}?window=images`;
  const REFUSED = [
    OWN,
    `${OWN}?window=else`,
    `${OWN}api/x?window=images`,
    `${IMAGES}&number=0`,
    `${IMAGES}&number=13`,
    `${IMAGES}&number=1e1`,
    `${IMAGES}&token=1`,
    `${IMAGES}#x`,
    ...FOREIGN,
    ...FOREIGN.slice(0, 3).map((url) => `${url}?window=images`),
  ];
  for (const url of REFUSED) expectThat(`window.open(${url}) is denied`, fake.openFromPage(main, url) === null);
  expectThat('what was denied has opened nothing', fake.windows.length === 1);

  const stands = (window: typeof main | null, x: number, width: number) =>
    window?.options['x'] === x && window.options['width'] === width;
  const first = fake.openFromPage(main, IMAGES, 'popup,width=1280,height=900');
  expectThat('images open on the other display, all of it', stands(first, 1920, 2048));
  const second = fake.openFromPage(main, `${IMAGES}&number=2`, 'popup,left=1930,top=20,width=900,height=800');
  expectThat('a window goes where the saved desk had it', stands(second, 1930, 900) && second?.options['y'] === 20);
  const third = fake.openFromPage(main, `${IMAGES}&number=3`, 'popup,left=90000,top=0,width=900,height=800');
  expectThat('where no display is any more it goes to one that is', stands(third, 1920, 2048));
  for (const opened of [first, second, third]) {
    if (opened === null) continue;
    expectThat(
      'a window of images has the preferences of the main window, so that both are one process',
      JSON.stringify({ ...opened.options.webPreferences, session: 0 }) ===
        JSON.stringify({ ...main.options.webPreferences, session: 0 }) &&
        opened.options.webPreferences['session'] === main.options.webPreferences['session'],
    );
    expectThat('a window of images opens nothing', fake.openFromPage(opened, IMAGES) === null);
    expectThat('its title is not the page’s', opened.emit('page-title-updated', { preventDefault: () => undefined }));
    expectThat('it stays in the app', !opened.webContents.navigates('will-navigate', FOREIGN[0]!));
  }
  for (const window of [main, first ?? main]) {
    expectThat(
      'a page moves its window over a display',
      window.webContents.moves({ x: 2000, y: 0, width: 9, height: 9 }),
    );
    expectThat('and nowhere else', !window.webContents.moves({ x: 90_000, y: 0, width: 900, height: 800 }));
  }
  return wrong;
}
