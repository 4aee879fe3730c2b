import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'overread-package-'));

/** As much of an Electron distribution as the packager looks at: the runtime itself cannot be had on every machine. */
function writeStandIn(target: string): void {
  for (const part of ['locales', 'resources']) mkdirSync(join(target, part), { recursive: true });
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('101100011')]);
  writeFileSync(join(target, 'electron'), fuses, { mode: 0o755 });
  for (const file of ['version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) {
    writeFileSync(join(target, file), 'stand-in');
  }
}

describe('packaging for Linux with a stand-in for the runtime', () => {
  const output = join(folder, 'out');
  let contents: string[] = [];

  beforeAll(() => {
    execFileSync(process.execPath, ['build/bundle.mjs'], { cwd: ROOT });
    const standIn = join(folder, 'electron');
    writeStandIn(standIn);
    execFileSync(
      join(ROOT, 'node_modules/.bin/electron-builder'),
      [
        '--config',
        'build/electron-builder.json',
        '--linux',
        '--dir',
        `-c.electronDist=${standIn}`,
        `-c.directories.output=${output}`,
      ],
      { cwd: ROOT, stdio: 'pipe', env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' } },
    );
    contents = listPackage(join(output, 'linux-unpacked/resources/app.asar'), { isPack: false });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds main, preload, renderer and templates', () => {
    for (const file of [
      '/dist/electron/main.mjs',
      '/dist/electron/preload.cjs',
      '/dist/renderer/index.html',
      '/package.json',
    ]) {
      expect(contents).toContain(file);
    }
    expect(contents.some((file) => /^\/build\/templates\/.*\.html$/.test(file))).toBe(true);
  });

  it('holds no tests, sources, development tools or Electron itself', () => {
    const strangers = contents.filter((file) =>
      /^\/(tests|electron|renderer|shared)\/|^\/node_modules\/(electron|vite|vitest|typescript|@playwright|knip|oxlint)\//.test(
        file,
      ),
    );
    expect(strangers).toEqual([]);
  });

  it('flips every fuse that would let something else run', async () => {
    const fuses = await getCurrentFuseWire(join(output, 'linux-unpacked/overread'));
    expect(fuses.version).toBe(FuseVersion.V1);
    const state = (option: FuseV1Options) => fuses[option];
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]) {
      expect(state(off)).toBe(FuseState.DISABLE);
    }
    for (const on of [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ]) {
      expect(state(on)).toBe(FuseState.ENABLE);
    }
  });

  it('is configured for Linux, Windows and macOS', () => {
    const config = JSON.parse(readFileSync(join(ROOT, 'build/electron-builder.json'), 'utf8')) as Record<
      string,
      { target?: string[] }
    >;
    expect(config['linux']?.target).toEqual(['AppImage', 'deb']);
    expect(config['win']?.target).toEqual(['nsis']);
    expect(config['mac']?.target).toEqual(['dmg', 'zip']);
  });
});
