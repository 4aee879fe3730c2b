import { IconAlertTriangle } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { currentSecond } from '../ui/index.ts';
import { Contradictions } from './Contradictions.tsx';
import { groupsOfCase, type NoteGroup } from './group-notes.ts';
import { MissingPriors } from './MissingPriors.tsx';
import { NoteLine, PriorReport } from './NoteLine.tsx';
import { setNotesContextKey } from './notes-key.ts';
import classes from './notes.module.css';
import { RequestGrade } from './RequestGrade.tsx';

type NotesProps = Pick<
  OpenCase,
  'contextKey' | 'notes' | 'priors' | 'priorsAskedAt' | 'requisitionGrade' | 'row' | 'canReport'
>;

/** Everything told of the patient and the exam: what contradicts itself, what this exam is about, then the rest. */
export function NotesPanel({ opened }: { readonly opened: NotesProps }) {
  const { contextKey } = opened;
  useLayoutEffect(() => {
    setNotesContextKey(contextKey);
    return () => setNotesContextKey(undefined);
  }, [contextKey]);
  return (
    <section aria-label="Clinical notes" data-region="notes" tabIndex={-1} className={classes.panel}>
      <h2>Clinical notes</h2>
      <RequestGrade opened={opened} />
      <Contradictions opened={opened} />
      {groupsOfCase(opened, currentSecond()).map((group) => (
        <NotesGroup key={group.kind} group={group} />
      ))}
      <MissingPriors opened={opened} />
    </section>
  );
}

function NotesGroup({ group }: { readonly group: NoteGroup }) {
  return (
    <div className={classes.group} data-danger={group.isDanger}>
      <h3>
        {group.isDanger && <IconAlertTriangle size={16} aria-hidden />}
        {group.title}
        {group.isDanger && <span className={classes.word}>Caution</span>}
      </h3>
      {group.facts.length === 0 ? (
        <p className={classes.missing}>Not given{group.why !== undefined && ` (asked for: ${group.why})`}</p>
      ) : (
        <ul>
          {group.facts.map((fact, place) => (
            <li key={place}>
              {group.kind === 'prior-report' ? (
                <PriorReport fact={fact} />
              ) : (
                <NoteLine fact={fact} others={group.facts} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
