import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { loadConfig } from '#electron/hosts/config/load-config.ts';
import { holdDataFolder } from '#electron/hosts/compose/data-folder.ts';
import { openWorkstation, type OpenWorkstation } from '#electron/hosts/compose/open-workstation.ts';
import { StartRefusal } from '#electron/hosts/compose/start-refusal.ts';
import { findChromium, openChromium } from '#electron/hosts/browser/chromium.ts';
import { serveDoor } from '#electron/hosts/browser/serve-door.ts';
import { createJsonLog } from '#electron/hosts/json-log.ts';
import { defaultDataFolder, ROOT } from '#electron/hosts/paths.ts';
import { announceReady, closeInTime, leaveSoon, refuseStart, stopSignal } from '#electron/hosts/program-life.ts';

import { parseWorkstationArguments } from './workstation-arguments.ts';

/** Runs the workstation until its window is closed, SIGTERM or SIGINT; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseWorkstationArguments(argv);
  if (!parsed.ok) return refuse(parsed.error);
  const { host, headless, port, config: configPath, imports } = parsed.value;

  const config = configPath === undefined ? undefined : loadConfig(configPath, process.env);
  if (config !== undefined && !config.ok) return refuse(config.error);
  const runtime = headless || host === 'browser' ? undefined : electronRuntime();
  if (runtime !== undefined) return runElectron(runtime, argv);
  if (host === 'electron') return refuse("Electron's runtime is not installed; start with --host browser");
  if (!headless && host === 'auto') say("Electron's runtime is not installed: opening in Chromium instead.");

  const chromium = headless ? undefined : findChromium();
  if (!headless && chromium === undefined) {
    return refuse('neither Electron nor a browser of the Chromium family was found; install one, or use --headless');
  }

  const folder = holdDataFolder(parsed.value.data ?? defaultDataFolder(process.platform, process.env));
  if ('refusal' in folder) {
    return refuse(
      folder.refusal === 'in-use'
        ? 'Overread is already running with this data folder'
        : 'the data folder cannot be written',
    );
  }
  const stopped = stopSignal();
  const log = createJsonLog();
  let workstation: OpenWorkstation | undefined;
  const door = await serveDoor(
    port,
    (request) => workstation?.fetch(request) ?? Promise.resolve(new Response('starting', { status: 503 })),
  );
  if ('refusal' in door) {
    folder.release();
    return refuse(door.refusal === 'port-in-use' ? `port ${port} is in use` : `port ${port} may not be opened`);
  }
  const opening = openWorkstation({
    host: 'browser',
    dataFolder: folder.path,
    config: config?.value,
    imports,
    // Without a window there may be no browser either: whoever started it opens the address.
    ...(headless ? { openUrl: (url) => say(JSON.stringify({ event: 'sign-in.needed', url })) } : {}),
    log,
  });
  const closeAll = () =>
    closeInTime(async () => {
      await (await opening).close();
      await door.close();
      folder.release();
    }, log);
  try {
    // A start that takes long, with a big folder to import, can be called off.
    workstation = await Promise.race([opening, stopped.then(() => undefined)]);
  } catch (error) {
    await door.close();
    folder.release();
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return leaveSoon(refuse(error instanceof StartRefusal ? reason : `could not start: ${reason}`));
  }
  if (workstation === undefined) {
    await closeAll();
    return leaveSoon(0);
  }

  announceReady('workstation', door.ticketUrl());
  const window = chromium === undefined ? undefined : openChromium(chromium, door.ticketUrl(), folder.path);
  await Promise.race([stopped, ...(window === undefined ? [] : [closed(window)])]);
  window?.kill();
  await closeAll();
  return leaveSoon(0);
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const refuse = (line: string): number => refuseStart('overread', line);

/** Electron's executable, if it was downloaded; looking must not download it. */
function electronRuntime(): string | undefined {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const executable = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), executable);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function runElectron(executable: string, argv: readonly string[]): Promise<number> {
  const child = spawn(executable, [ROOT, ...argv], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const closed = (window: ReturnType<typeof openChromium>): Promise<void> =>
  new Promise((resolve) => {
    window.once('exit', () => resolve());
  });
