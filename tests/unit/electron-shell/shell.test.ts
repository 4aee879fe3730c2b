import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { createFakeElectron } from '#tests/support/fake-electron.ts';
import type { Mutation } from '#tests/support/load-shell.ts';

import { checkShell } from './shell-checks.ts';

const HOST = fileURLToPath(new URL('../../../electron/hosts/electron/', import.meta.url));

const MUTANTS: readonly Mutation[] = [
  { file: 'hardening.ts', from: 'sandbox: true', to: 'sandbox: false' },
  { file: 'hardening.ts', from: 'contextIsolation: true', to: 'contextIsolation: false' },
  { file: 'hardening.ts', from: 'nodeIntegration: false', to: 'nodeIntegration: true' },
  { file: 'hardening.ts', from: 'webSecurity: true', to: 'webSecurity: false' },
  { file: 'hardening.ts', from: 'webviewTag: false', to: 'webviewTag: true' },
  { file: 'hardening.ts', from: 'devTools: !isPackaged', to: 'devTools: true' },
  { file: 'hardening.ts', from: 'app.enableSandbox();', to: '' },
  { file: 'hardening.ts', from: "action: 'deny'", to: "action: 'allow'" },
  { file: 'images-window.ts', from: "kind === 'images' && ", to: '' },
  { file: 'images-window.ts', from: "pathname === '/' && ", to: '' },
  { file: 'images-window.ts', from: ' && Object.keys(others).length === 0', to: '' },
  { file: 'images-window.ts', from: 'if (!isOwnAddress(url)) return undefined;', to: '' },
  { file: 'images-window.ts', from: 'place !== undefined && isOnADisplay(displays, place)', to: 'place !== undefined' },
  { file: 'images-window.ts', from: ' && number <= MOST_WINDOWS', to: '' },
  { file: 'main.ts', from: '...windowOptions(), ...place', to: '...place, webPreferences: { sandbox: true }' },
  { file: 'main.ts', from: "window.webContents.on('did-create-window', holdInPlace);", to: '' },
  { file: 'main.ts', from: 'if (!isOnADisplay(screen.getAllDisplays(), bounds)) ', to: '' },
  { file: 'hardening.ts', from: 'decide({ cancel: !isLocal });', to: 'decide({ cancel: false });' },
  { file: 'hardening.ts', from: 'ALLOWED_PERMISSIONS.has(permission) && ', to: '' },
  { file: 'hardening.ts', from: 'decide(isAudioOnly && ', to: 'decide(' },
  {
    file: 'hardening.ts',
    from: "deviceType === 'hid' && isDictationDevice(device) && isOwnAddress(origin)",
    to: 'true',
  },
  { file: 'hardening.ts', from: ' && isDictationDevice(device)', to: '' },
  { file: 'hardening.ts', from: 'if (!isOwnAddress(address)) event.preventDefault();', to: '' },
  { file: 'hardening.ts', from: "contents.on('will-redirect'", to: "contents.on('did-redirect'" },
  { file: 'shell-calls.ts', from: "if (!isTrustedSender(event)) throw new Error('refused');", to: '' },
  { file: 'shell-calls.ts', from: 'frame.parent === null && ', to: '' },
  { file: 'shell-calls.ts', from: 'call.request.parse(args)', to: 'args' },
  { file: 'origin.ts', from: " && host === 'workstation'", to: '' },
  { file: 'main.ts', from: 'guarded.headers.set(name, value)', to: 'guarded.headers.get(name)' },
  {
    file: 'main.ts',
    from: "fromPartition('overread', { cache: false });\n  hardenSession",
    to: "fromPartition('persist:overread', { cache: false });\n  hardenSession",
  },
  { file: 'main.ts', from: 'if (app.requestSingleInstanceLock())', to: 'if (app.requestSingleInstanceLock() || true)' },
  { file: 'main.ts', from: 'secure: true', to: 'secure: true, bypassCSP: true' },
  { file: 'main.ts', from: 'event.preventDefault();\n    isClosing = true;', to: 'isClosing = true;' },
  { file: 'preload.ts', from: 'Object.freeze(', to: '(' },
  {
    file: 'preload.ts',
    from: "exposeInMainWorld('overread', shell)",
    to: "exposeInMainWorld('overread', { ...shell, ipcRenderer } as never)",
  },
];

describe('the Electron shell', () => {
  it('meets the security checklist', async () => {
    expect(await checkShell()).toEqual([]);
  });

  it.each(MUTANTS)('has a check that notices: $file without "$from"', async (mutant) => {
    expect(await checkShell(mutant)).not.toEqual([]);
  });

  it('uses nothing of Electron that the stand-in does not have', () => {
    const known = Object.keys(createFakeElectron().electron);
    for (const file of readdirSync(HOST)) {
      const source = readFileSync(`${HOST}${file}`, 'utf8');
      for (const [, names] of source.matchAll(/^import \{([^}]+)\} from 'electron';$/gm)) {
        for (const name of names!.split(',')) expect(known, file).toContain(name.trim());
      }
    }
  });
});
