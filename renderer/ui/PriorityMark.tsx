import {
  IconActivityHeartbeat,
  IconBolt,
  IconChevronUp,
  IconMinus,
  IconTriangleFilled,
  IconUrgent,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Priority } from '#shared/domain/priority.ts';

import classes from './marks.module.css';

interface Mark {
  readonly word: string;
  readonly className: string;
  /** Made once: a list shows the same few in every row. */
  readonly icon: ReactNode;
}

const URGENT = `${classes.mark} ${classes.urgent}`;
const SOON = `${classes.mark} ${classes.soon}`;
const QUIET = `${classes.mark} ${classes.quiet}`;

const MARKS: Readonly<Record<Priority, Mark>> = {
  stroke: { word: 'Stroke code', className: URGENT, icon: <IconUrgent size={16} aria-hidden /> },
  trauma: { word: 'Trauma', className: URGENT, icon: <IconActivityHeartbeat size={16} aria-hidden /> },
  stat: { word: 'STAT', className: URGENT, icon: <IconTriangleFilled size={16} aria-hidden /> },
  asap: { word: 'ASAP', className: SOON, icon: <IconBolt size={16} aria-hidden /> },
  urgent: { word: 'Urgent', className: SOON, icon: <IconChevronUp size={16} aria-hidden /> },
  routine: { word: 'Routine', className: QUIET, icon: <IconMinus size={16} aria-hidden /> },
};

export const priorityWord = (priority: Priority): string => MARKS[priority].word;

/** Icon, word and colour: never colour alone (LOOK 2). */
export function PriorityMark({ priority }: { readonly priority: Priority }) {
  const { word, className, icon } = MARKS[priority];
  return (
    <span className={className}>
      {icon}
      {word}
    </span>
  );
}
