import type { Command } from '../commands/index.ts';
import { isReading } from '../reading/index.ts';
import { openDialog } from '../ui/index.ts';
import { showBoard } from './critical.ts';

export const criticalCommands: readonly Command[] = [
  {
    id: 'critical.mark',
    title: 'Mark a critical result',
    group: 'Reading',
    keys: ['F9'],
    when: isReading,
    run: () => openDialog('critical'),
  },
  {
    id: 'critical.recommend',
    title: 'Recommend follow-up',
    group: 'Reading',
    keys: ['Shift+F9'],
    when: isReading,
    run: () => openDialog('recommend'),
  },
  {
    id: 'critical.ask-site',
    title: 'Ask the site',
    group: 'Reading',
    keys: ['A', 'F8'],
    when: isReading,
    run: () => openDialog('ask-site'),
  },
  {
    id: 'critical.board',
    title: 'Critical results not confirmed',
    group: 'Everywhere',
    keys: ['Alt+C'],
    when: () => true,
    run: showBoard,
  },
];
