import type { Command } from '../commands/index.ts';
import { isReading } from '../reading/index.ts';
import { openBoard } from './board.ts';

export const shiftCommands: readonly Command[] = [
  {
    id: 'shift.board',
    title: 'Shift board',
    group: 'Worklist',
    keys: ['B'],
    when: () => !isReading(),
    run: openBoard,
  },
];
