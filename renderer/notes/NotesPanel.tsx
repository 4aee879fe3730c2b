import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useState } from 'react';

import type { OpenCase } from '../bridge/index.ts';
import { currentSecond } from '../ui/index.ts';
import { AskedSite } from './AskedSite.tsx';
import { followAskedSite } from './asked-site.ts';
import { Before } from './Before.tsx';
import { Elsewhere } from './Elsewhere.tsx';
import { Contradictions } from './Contradictions.tsx';
import { groupsOfCase, questionOf, searchGroups, splitAtBefore, type NoteGroup } from './group-notes.ts';
import { CopyButton, DocumentButton, NoteLine, PriorReport } from './NoteLine.tsx';
import { setNotesContextKey } from './notes-key.ts';
import classes from './notes.module.css';
import { OutsideOrder } from './OutsideOrder.tsx';
import { RequestGrade } from './RequestGrade.tsx';

type NotesProps = Pick<
  OpenCase,
  | 'contextKey'
  | 'taskId'
  | 'studies'
  | 'notes'
  | 'priors'
  | 'priorsAskedAt'
  | 'elsewhere'
  | 'requisitionGrade'
  | 'row'
  | 'canReport'
>;

/** Everything told of the patient and the exam: what contradicts itself, what this exam is about, then the rest. */
export function NotesPanel({ opened }: { readonly opened: NotesProps }) {
  const { contextKey } = opened;
  const [sought, setSought] = useState({ contextKey, words: '' });
  const words = sought.contextKey === contextKey ? sought.words : '';
  useLayoutEffect(() => {
    setNotesContextKey(contextKey);
    return () => setNotesContextKey(undefined);
  }, [contextKey]);
  const study = opened.studies.find(({ role }) => role === 'current');
  useLayoutEffect(() => markWithNextFrame(study?.studyInstanceUid ?? ''), [contextKey, study?.studyInstanceUid]);
  useEffect(() => followAskedSite(opened.taskId), [opened.taskId, contextKey]);
  const groups = groupsOfCase(opened, currentSecond());
  const question = questionOf(opened);
  const { first, before, last } = splitAtBefore(groups);
  return (
    <section aria-label="Clinical notes" data-region="notes" tabIndex={-1} className={classes.panel}>
      <h2>Clinical notes</h2>
      <input
        type="search"
        data-search="notes"
        aria-label="Search in the notes"
        aria-keyshortcuts="Alt+F"
        placeholder="Search in the notes (Alt F)"
        className={classes.search}
        value={words}
        onChange={(event) => setSought({ contextKey, words: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return;
          event.stopPropagation();
          setSought({ contextKey, words: '' });
        }}
      />
      {words.trim() === '' ? (
        <>
          <RequestGrade opened={opened} />
          <AskedSite facts={opened.notes.facts} />
          <Contradictions opened={opened} />
          <Groups groups={first} canCopy={opened.canReport} question={question} />
          <Elsewhere taskId={opened.taskId} records={opened.elsewhere} />
          <Before opened={opened} facts={before} question={question} />
          <Groups groups={last} canCopy={opened.canReport} question={question} />
          <OutsideOrder contextKey={contextKey} />
        </>
      ) : (
        <Found groups={searchGroups(groups, words)} canCopy={opened.canReport} question={question} />
      )}
    </section>
  );
}

/** Everything that is known of the case stands in the panel: the next frame brings it to the screen. */
function markWithNextFrame(studyInstanceUid: string): () => void {
  const asked = requestAnimationFrame(() =>
    performance.mark('overread:notes-complete', { detail: { studyInstanceUid } }),
  );
  return () => cancelAnimationFrame(asked);
}

interface GroupsProps {
  readonly groups: readonly NoteGroup[];
  readonly canCopy: boolean;
  /** What is asked of this exam, in the words of the order. */
  readonly question: string;
}

const Groups = ({ groups, canCopy, question }: GroupsProps) =>
  groups.map((group) => <NotesGroup key={group.kind} group={group} canCopy={canCopy} question={question} />);

function Found({ groups, canCopy, question }: GroupsProps) {
  const count = groups.reduce((sum, { facts }) => sum + facts.length, 0);
  return (
    <>
      <p role="status" className={classes.missing}>
        {count === 0 ? 'Nothing found in these notes.' : `${count} found.`}
      </p>
      <Groups groups={groups} canCopy={canCopy} question={question} />
    </>
  );
}

function NotesGroup({
  group,
  canCopy,
  question,
}: Pick<GroupsProps, 'canCopy' | 'question'> & { readonly group: NoteGroup }) {
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
              {canCopy && <CopyButton fact={fact} />}
              {group.kind === 'prior-report' ? (
                <PriorReport fact={fact} question={question} isOpen={place === 0} canCarry={canCopy} />
              ) : (
                <NoteLine fact={fact} others={group.facts} />
              )}
              <DocumentButton fact={fact} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
