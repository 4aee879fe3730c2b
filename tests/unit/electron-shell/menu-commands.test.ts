import { describe, expect, it } from 'vitest';

import { menuTemplate } from '#electron/hosts/electron/menu.ts';
import { appCommands } from '#renderer/app/commands.ts';
import { countUrgent } from '#renderer/worklist/badge.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

/** Every command the menu of this platform sends, by pressing all of it. */
function sentBy(platform: NodeJS.Platform): string[] {
  const sent: string[] = [];
  const press = (items: ReturnType<typeof menuTemplate>) => {
    for (const item of items) {
      (item.click as (() => void) | undefined)?.();
      if (Array.isArray(item.submenu)) press(item.submenu);
    }
  };
  press(menuTemplate(platform, (commandId) => sent.push(commandId)));
  return sent;
}

describe('the application menu', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('sends only commands that the table has (%s)', (platform) => {
    const sent = sentBy(platform);
    expect(sent).toHaveLength(6);
    const table = appCommands.map(({ id }) => id);
    for (const id of sent) expect(table).toContain(id);
  });

  it('the table has each id once', () => {
    const ids = appCommands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the badge', () => {
  it('counts what waits at STAT or above and may be read by this reader', () => {
    // The first eight rows are stroke, trauma and STAT; the fourth is claimed, the sixth not for this reader.
    const rows = believableRows(60, 0);
    expect(countUrgent(rows)).toBe(6);
    expect(countUrgent(rows.slice(8))).toBe(0);
    expect(countUrgent([])).toBe(0);
  });
});
