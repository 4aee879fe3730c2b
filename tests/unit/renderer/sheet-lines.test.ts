import { describe, expect, it } from 'vitest';

import { sheetLines } from '#renderer/commands/sheet-lines.ts';

const command = (title: string, ...keys: string[]) => ({ title, keys });

describe('the lines of the sheet of keys', () => {
  it('put together what differs by its number only, and keep everything else as it is', () => {
    const lines = sheetLines([
      command('Sign', 'F12', 'Mod+Enter'),
      command('List 1', '1'),
      command('List 2', '2'),
      command('List 3', '3'),
      command('Window of the file', '1'),
      command('Window preset 2', '2'),
      command('Window preset 3', '3'),
      command('Grade 3', 'G'),
    ]);
    expect(lines.map(({ title, keys, isRow }) => `${title}: ${keys.join(isRow ? ' to ' : ' or ')}`)).toEqual([
      'Sign: F12 or Mod+Enter',
      'List 1 to 3: 1 to 3',
      'Window of the file: 1',
      'Window preset 2 to 3: 2 to 3',
      'Grade 3: G',
    ]);
  });
});
