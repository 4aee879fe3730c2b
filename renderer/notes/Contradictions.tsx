import { IconAlertTriangle } from '@tabler/icons-react';

import { noteConflicts } from '#shared/domain/note-conflicts.ts';

import type { OpenCase } from '../bridge/index.ts';
import { currentSecond } from '../ui/index.ts';
import { Origin } from './NoteLine.tsx';
import classes from './notes.module.css';

/** Two sources that cannot both be right: both are shown. */
export function Contradictions({ opened }: { readonly opened: Pick<OpenCase, 'notes' | 'row'> }) {
  const { row, notes } = opened;
  const facts = notes.facts;
  const { reason, patient, exam } = row;
  const told = { patient, exam, facts, ...(reason === undefined ? {} : { reason }) };
  const conflicts = noteConflicts(told, currentSecond());
  if (conflicts.length === 0) return null;
  return (
    <div className={classes.group} data-danger>
      <h3>
        <IconAlertTriangle size={16} aria-hidden />
        Contradictions
        <span className={classes.word}>Caution</span>
      </h3>
      <ul>
        {conflicts.map(({ about, statements }, place) => (
          <li key={place}>
            <span className={classes.label}>{about}</span>
            <ul className={classes.sides}>
              {statements.map(({ text, source, at }, each) => (
                <li key={each}>
                  <span className={classes.text}>{text}</span>
                  <Origin source={source} at={at} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
