import { describe, expect, it } from 'vitest';

import { createOwnHangings } from '#electron/workstation/own-hangings.ts';

const HANGING = {
  id: 'own-mine',
  name: 'Mine',
  fits: [{ modalities: ['CT'] }],
  stages: [
    { name: 'As saved', rows: 1, columns: 1, places: [{ label: 'Axial', role: 'current' as const, wishes: [{}] }] },
  ],
};

function kept() {
  const files = new Map<string, unknown>();
  return {
    files,
    settings: {
      load: async (name: string) => files.get(name),
      save: async (name: string, value: unknown) => {
        files.set(name, JSON.parse(JSON.stringify(value)));
        return 'saved' as const;
      },
    },
  };
}

describe("the reader's own hangings", () => {
  it('are there again after a start', async () => {
    const { settings } = kept();
    expect(await createOwnHangings(settings).load()).toEqual([]);
    expect(await createOwnHangings(settings).save([HANGING])).toBe('saved');
    expect(await createOwnHangings(settings).load()).toEqual([HANGING]);
  });

  it('are read as far as they are understood', async () => {
    const { settings, files } = kept();
    files.set('hangings', [{ ...HANGING, stages: [] }, HANGING, 7]);
    expect(await createOwnHangings(settings).load()).toEqual([HANGING]);
    files.set('hangings', 'damaged');
    expect(await createOwnHangings(settings).load()).toEqual([]);
  });
});
