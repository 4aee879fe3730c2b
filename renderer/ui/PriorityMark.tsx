import {
  IconActivityHeartbeat,
  IconBolt,
  IconChevronUp,
  IconMinus,
  IconTriangleFilled,
  IconUrgent,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

import type { Priority } from '#shared/domain/priority.ts';

interface Mark {
  readonly word: string;
  readonly colour: string;
  readonly Icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
}

const MARKS: Readonly<Record<Priority, Mark>> = {
  stroke: { word: 'Stroke code', colour: 'var(--urgent)', Icon: IconUrgent },
  trauma: { word: 'Trauma', colour: 'var(--urgent)', Icon: IconActivityHeartbeat },
  stat: { word: 'STAT', colour: 'var(--urgent)', Icon: IconTriangleFilled },
  asap: { word: 'ASAP', colour: 'var(--soon)', Icon: IconBolt },
  urgent: { word: 'Urgent', colour: 'var(--soon)', Icon: IconChevronUp },
  routine: { word: 'Routine', colour: 'var(--text-quiet)', Icon: IconMinus },
};

export const priorityWord = (priority: Priority): string => MARKS[priority].word;

/** Icon, word and colour: never colour alone (LOOK 2). */
export function PriorityMark({ priority }: { readonly priority: Priority }) {
  const { word, colour, Icon } = MARKS[priority];
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 'var(--space-1)',
        color: colour,
        whiteSpace: 'nowrap',
      }}
    >
      <Icon size={16} aria-hidden />
      {word}
    </span>
  );
}
