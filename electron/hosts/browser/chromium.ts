import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CANDIDATES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/microsoft-edge',
    '/usr/bin/brave-browser',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** An installed browser of Chromium's family, or undefined. `OVERREAD_CHROMIUM` names another one. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment['OVERREAD_CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  return CANDIDATES[process.platform]?.find((path) => existsSync(path));
}

/** A chromeless window with its own profile that can reach nothing but this machine. */
function chromiumArguments(url: string, profileFolder: string): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    `--app=${url}`,
    `--user-data-dir=${profileFolder}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-extensions',
    // The saved desk opens all its windows with one key; no page but ours is ever here.
    '--disable-popup-blocking',
    '--disable-features=Translate,AutofillServerCommunication',
    '--disk-cache-size=1',
    '--force-color-profile=srgb',
    // A STAT that arrives before the first click must be heard.
    '--autoplay-policy=no-user-gesture-required',
    // Chromium refuses to run as root inside its sandbox: only test machines do this, and they say so.
    ...(isRoot && process.env['OVERREAD_E2E'] === '1' ? ['--no-sandbox', '--use-angle=swiftshader'] : []),
  ];
}

export function openChromium(executable: string, url: string, dataFolder: string): ChildProcess {
  const profile = join(dataFolder, 'browser-profile');
  allowNotices(profile, new URL(url).origin);
  return spawn(executable, chromiumArguments(url, profile), { stdio: 'ignore' });
}

const ALLOW = 1;

/** Our own page may listen for dictation and show notices on the desktop: sound stays on this machine, notices name no patient. The browser would ask in the middle of a shift. */
export function allowNotices(profileFolder: string, origin: string): void {
  const path = join(profileFolder, 'Default', 'Preferences');
  let preferences: Record<string, unknown> = {};
  try {
    preferences = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    // The first start: there is no profile yet.
  }
  const part = (of: Record<string, unknown>, key: string): Record<string, unknown> => {
    const found = of[key];
    const next = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
    of[key] = next;
    return next;
  };
  const exceptions = part(part(part(preferences, 'profile'), 'content_settings'), 'exceptions');
  part(exceptions, 'notifications')[`${origin},*`] = { setting: ALLOW };
  // Windows of images go to the displays they belong on.
  part(exceptions, 'window_placement')[`${origin},*`] = { setting: ALLOW };
  part(exceptions, 'media_stream_mic')[`${origin},*`] = { setting: ALLOW };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify(preferences), { mode: 0o600 });
}
