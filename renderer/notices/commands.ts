import type { Command } from '../commands/index.ts';
import { allowNotices, useNotices } from './follow-arrivals.ts';

export const noticeCommands: readonly Command[] = [
  {
    id: 'notices.allow',
    title: 'Allow notices on the desktop',
    group: 'Everywhere',
    keys: [],
    when: () => useNotices.getState().permission === 'default',
    run: () => void allowNotices(),
  },
];
