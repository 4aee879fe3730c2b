import { describe, expect, it } from 'vitest';

import { folderNameOf, isSafePath } from '#electron/adapters/dropped-files/safe-names.ts';

describe('names of dropped files', () => {
  it('takes what discs hold', () => {
    for (const path of [['DICOM', 'IM000001'], ['Müller 山田', 'a (1).dcm'], ['.hidden'], ['12:30']])
      expect(isSafePath(path, 'linux'), path.join('/')).toBe(true);
  });

  it('refuses on Windows what Windows takes for something else', () => {
    for (const name of ['C:', 'a:stream', 'what?', 'dot.', 'space ']) {
      expect(isSafePath([name], 'win32'), name).toBe(false);
      expect(isSafePath([name], 'linux'), name).toBe(true);
    }
  });

  it.each([
    ['CD 2026-11-21', 'CD 2026-11-21'],
    ['..', 'Dropped files'],
    ['', 'Dropped files'],
    ['/etc/passwd', 'etc passwd'],
    ['.coming', 'coming'],
    ['山田', '山田'],
  ])('makes of %j the folder name %j', (name, folder) => {
    expect(folderNameOf(name)).toBe(folder);
  });
});
