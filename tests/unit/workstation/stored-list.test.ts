import { describe, expect, it } from 'vitest';

import { createStoredList } from '#electron/workstation/stored-list.ts';
import { hangingProtocolSchema } from '#shared/contract/hanging-calls.ts';
import { macroSchema } from '#shared/contract/macro-calls.ts';

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

const macrosOf = (settings: ReturnType<typeof kept>['settings']) => createStoredList(settings, 'macros', macroSchema);

describe("the reader's macros", () => {
  it('are there again after a start', async () => {
    const { settings } = kept();
    expect(await macrosOf(settings).load()).toEqual([]);
    await macrosOf(settings).save([{ name: 'nl', text: 'Normal.' }]);
    expect(await macrosOf(settings).load()).toEqual([{ name: 'nl', text: 'Normal.' }]);
  });

  it('are read as far as they are understood', async () => {
    const { settings, files } = kept();
    files.set('macros', [{ name: 'no spaces', text: 'x' }, { name: 'ok', text: 'Fine.' }, 7]);
    expect(await macrosOf(settings).load()).toEqual([{ name: 'ok', text: 'Fine.' }]);
    files.set('macros', 'damaged');
    expect(await macrosOf(settings).load()).toEqual([]);
  });
});

describe("the reader's own hangings", () => {
  const hanging = {
    id: 'own-mine',
    name: 'Mine',
    fits: [{ modalities: ['CT'] }],
    stages: [
      { name: 'As saved', rows: 1, columns: 1, places: [{ label: 'Axial', role: 'current' as const, wishes: [{}] }] },
    ],
  };

  it('are there again after a start, as far as they are understood', async () => {
    const { settings, files } = kept();
    const hangings = createStoredList(settings, 'hangings', hangingProtocolSchema);
    expect(await hangings.save([hanging])).toBe('saved');
    expect(await hangings.load()).toEqual([hanging]);
    files.set('hangings', [{ ...hanging, stages: [] }, hanging, 7]);
    expect(await hangings.load()).toEqual([hanging]);
  });
});
