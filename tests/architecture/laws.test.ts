import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Finding {
  readonly code: string;
  readonly filename: string;
}

/** The project's own lint configuration, turned on the files that break it on purpose. */
function lintCanary(): Finding[] {
  const written = readFileSync(`${ROOT}.oxlintrc.json`, 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const config = JSON.parse(written) as { ignorePatterns: string[] };
  const canaryConfig = `${ROOT}.oxlintrc.canary.json`;
  writeFileSync(canaryConfig, JSON.stringify({ ...config, ignorePatterns: [] }));
  try {
    execFileSync(
      process.execPath,
      [
        `${ROOT}node_modules/oxlint/bin/oxlint`,
        '--type-aware',
        '-f',
        'json',
        '-c',
        canaryConfig,
        'tests/architecture/canary',
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
  } finally {
    rmSync(canaryConfig, { force: true });
  }
  return [];
}

describe('the laws', () => {
  it('are each noticed by the lint when broken, exactly as often as the canary breaks them', () => {
    const counts: Record<string, number> = {};
    for (const { code, filename } of lintCanary()) {
      const key = `${code} ${filename.replace(/^.*canary\//, '')}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    const restricted = 'eslint(no-restricted-imports)';
    expect(counts).toEqual({
      [`${restricted} electron/adapters/x/climbs-out.ts`]: 1,
      [`${restricted} electron/adapters/x/imports-host.ts`]: 1,
      [`${restricted} electron/hub/imports-adapter.ts`]: 1,
      [`${restricted} electron/hub/imports-electron.ts`]: 1,
      [`${restricted} renderer/viewer/imports-worklist.ts`]: 1,
      [`${restricted} renderer/worklist/imports-back.ts`]: 3,
      [`${restricted} shared/contract/imports-hono.ts`]: 1,
      [`${restricted} shared/domain/imports-electron-folder.ts`]: 1,
      [`${restricted} shared/domain/imports-node.ts`]: 1,
      [`${restricted} shared/domain/imports-zod.ts`]: 1,
      'eslint(no-console) electron/hub/speaks-and-floats.ts': 1,
      'import(no-cycle) electron/hub/cycle-one.ts': 1,
      'import(no-cycle) electron/hub/cycle-two.ts': 1,
      'import(no-default-export) electron/hub/default-export.ts': 1,
      'typescript(no-explicit-any) electron/hub/speaks-and-floats.ts': 1,
      'typescript(no-floating-promises) electron/hub/speaks-and-floats.ts': 1,
      'typescript(switch-exhaustiveness-check) electron/hub/speaks-and-floats.ts': 1,
    });
  });
});
