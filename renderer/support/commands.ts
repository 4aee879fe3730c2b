import type { Command } from '../commands/index.ts';
import { isReading } from '../reading/index.ts';
import { showSupport } from './support.ts';

export const supportCommands: readonly Command[] = [
  {
    id: 'support.open',
    title: 'Support desk',
    group: 'Worklist',
    keys: ['H'],
    when: () => !isReading(),
    run: showSupport,
  },
];
