import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { currentSecond, showMoment } from '../ui/index.ts';
import { groupNotes, type Fact, type NoteGroup } from './group-notes.ts';
import { setNotesContextKey } from './notes-key.ts';
import classes from './notes.module.css';

export function NotesPanel(props: {
  readonly contextKey: string;
  readonly notes: OpenCase['notes'];
  readonly priors: OpenCase['priors'];
}) {
  useLayoutEffect(() => {
    setNotesContextKey(props.contextKey);
    return () => setNotesContextKey(undefined);
  }, [props.contextKey]);
  const groups = groupNotes(props.notes);
  const withoutReport = props.priors.filter((prior) => !prior.hasReport);
  return (
    <section aria-label="Clinical notes" data-region="notes" tabIndex={-1} className={classes.panel}>
      <h2>Clinical notes</h2>
      {groups.map((group) => (
        <NotesGroup key={group.kind} group={group} />
      ))}
      {withoutReport.length > 0 && (
        <div className={classes.group}>
          <h3>Prior exams without a report here</h3>
          <ul>
            {withoutReport.map((prior, place) => (
              <li key={prior.studyInstanceUid ?? place}>
                {prior.description}
                {prior.date !== undefined && <span className={classes.source}> {prior.date}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
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
        <p className={classes.missing}>Not given</p>
      ) : (
        <ul>
          {group.facts.map((fact, place) => (
            <li key={place}>
              {group.kind === 'prior-report' ? <PriorReport fact={fact} /> : <NoteLine fact={fact} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function NoteLine({ fact }: { readonly fact: Fact }) {
  return (
    <>
      <span className={classes.text}>
        {fact.label !== '' && fact.label !== fact.text && <span className={classes.label}>{fact.label} </span>}
        {fact.text}
        {fact.abnormal === true && (
          <span className={classes.abnormal}>
            {' '}
            <IconAlertTriangle size={16} aria-hidden /> abnormal
          </span>
        )}
      </span>
      <Origin fact={fact} />
    </>
  );
}

function PriorReport({ fact }: { readonly fact: Fact }) {
  return (
    <details className={classes.prior}>
      <summary>
        <IconChevronRight size={16} aria-hidden />
        <span className={classes.text}>{fact.label}</span>
      </summary>
      <Origin fact={fact} />
      <p className={classes.whole}>{fact.text}</p>
    </details>
  );
}

/** Where and when a fact came from: a reader weighs it by that. */
function Origin({ fact }: { readonly fact: Fact }) {
  return (
    <span className={classes.source}>
      {fact.source}
      {fact.at !== undefined && ` · ${showMoment(fact.at, currentSecond())}`}
    </span>
  );
}
