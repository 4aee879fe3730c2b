import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { main } from '#electron/hosts/cli/templates.ts';

const CT_HEAD = fileURLToPath(new URL('../../build/templates/ct-head.html', import.meta.url));

describe('npm run templates', () => {
  let folder = '';
  let printed = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'overread-templates-'));
    printed = '';
    const keep = (text: string | Uint8Array) => {
      printed += String(text);
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  it('check tells what a file became, and fails for one that is none', async () => {
    const broken = join(folder, 'broken.html');
    writeFileSync(broken, '<p>nothing');
    expect(await main(['check', CT_HEAD, broken, '--json'])).toBe(1);
    expect(JSON.parse(printed)).toMatchObject([
      { imported: true, title: 'CT head', sections: [{}, {}, {}, { role: 'findings', fields: 3 }, {}] },
      { imported: false },
    ]);
  });

  it('export writes a template out again, and leaves a file that is there as it is', async () => {
    const out = join(folder, 'out');
    expect(await main(['export', CT_HEAD, '--out', out, '--creator', 'Night Reads'])).toBe(0);
    const written = readFileSync(join(out, 'ct-head.html'), 'utf8');
    expect(written).toContain('<meta name="dcterms.creator" content="Night Reads" />');
    expect(await main(['check', join(out, 'ct-head.html')])).toBe(0);
    writeFileSync(join(out, 'ct-head.html'), 'mine');
    expect(await main(['export', CT_HEAD, '--out', out])).toBe(1);
    expect(printed).toContain('not written: EEXIST');
    expect(readFileSync(join(out, 'ct-head.html'), 'utf8')).toBe('mine');
  });

  it('says how it is used where it was asked for something else', async () => {
    expect(await main(['export', CT_HEAD])).toBe(2);
    expect(await main(['check', '--bogus', CT_HEAD])).toBe(2);
    expect(printed).toContain('usage: npm run templates');
  });
});
