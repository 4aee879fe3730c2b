import { Button, Group, Modal, NativeSelect, Radio } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';

import { countOf } from '#shared/kernel/count-of.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { closeDialog, currentSecond, say, showExactMoment, showReaderName, useDialog } from '../ui/index.ts';
import { useReport } from './current-report.ts';
import { DifferenceView } from './DifferenceView.tsx';
import type { DraftKeeper } from './draft-keeper.ts';
import classes from './report.module.css';

type State = Answer<'draftHistory'>['states'][number];

/** Every kept state of the open draft, what each changed, and the way back to it. */
export function HistoryDialog() {
  const isOpen = useDialog(({ open }) => open === 'history');
  const keeper = useReport((report) => report.keeper);
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="History of this draft" size="xl">
      {isOpen && keeper !== undefined && <History keeper={keeper} />}
    </Modal>
  );
}

function History({ keeper }: { readonly keeper: DraftKeeper }) {
  const [states, setStates] = useState<readonly State[] | string>();
  const [revision, setRevision] = useState<number>();
  useEffect(() => {
    keeper
      .flush()
      .then(() => call('draftHistory', { taskId: keeper.taskId }))
      .then(
        (answer) => {
          setStates(answer.states);
          setRevision((answer.states[1] ?? answer.states[0])?.revision);
        },
        (failure: unknown) => setStates(`The history cannot be read. ${failureWords(failure)}`),
      );
  }, [keeper]);
  if (states === undefined) return <p className={classes.quiet}>Reading the history…</p>;
  if (typeof states === 'string') return <p className={classes.refusal}>{states}</p>;
  if (states.length === 0) return <p className={classes.quiet}>Nothing has been saved yet.</p>;
  return (
    <div className={classes.history}>
      <Radio.Group
        label="Saved states, newest first"
        value={String(revision)}
        onChange={(value) => setRevision(Number(value))}
      >
        <div className={classes.historyStates}>
          {states.map((state, place) => (
            <Radio
              key={state.revision}
              value={String(state.revision)}
              label={`${showExactMoment(state.savedAt, currentSecond())}, ${place === 0 ? 'the text now' : changeWords(state)}${writtenBy(state)}`}
            />
          ))}
        </div>
      </Radio.Group>
      {revision !== undefined && <StateView key={revision} keeper={keeper} revision={revision} />}
    </div>
  );
}

const writtenBy = ({ byName }: State): string => (byName === undefined ? '' : `, by ${showReaderName(byName)}`);

function changeWords({ change }: State): string {
  if (change === undefined) return 'the oldest that is kept';
  const parts = [
    ...(change.added > 0 ? [`${countOf(change.added, 'word')} added`] : []),
    ...(change.removed > 0 ? [`${change.removed} removed`] : []),
  ];
  return parts.length === 0 ? 'no word changed' : parts.join(', ');
}

type Found = Extract<Answer<'draftState'>, { status: 'found' }>;

function StateView({ keeper, revision }: { readonly keeper: DraftKeeper; readonly revision: number }) {
  const now = useStore(keeper.store, (draft) => draft.body);
  const [found, setFound] = useState<Found | string>();
  const [isAgainstNow, setAgainstNow] = useState(true);
  useEffect(() => {
    call('draftState', { taskId: keeper.taskId, revision }).then(
      (answer) => setFound(answer.status === 'found' ? answer : 'This state is no longer kept.'),
      (failure: unknown) => setFound(`This state cannot be read. ${failureWords(failure)}`),
    );
  }, [keeper, revision]);
  if (found === undefined) return <p className={classes.quiet}>Reading…</p>;
  if (typeof found === 'string') return <p className={classes.refusal}>{found}</p>;
  const { body, before } = found;
  const [from, to]: readonly [ReportBody, ReportBody] = isAgainstNow ? [now, body] : [before ?? body, body];
  const restore = () => {
    keeper.edit(() => body);
    closeDialog();
    say('The earlier state is restored. Ctrl Z in the report takes that back.');
  };
  return (
    <div className={classes.macros}>
      <NativeSelect
        label="Difference"
        value={isAgainstNow ? 'now' : 'before'}
        data={[
          { value: 'now', label: 'What restoring it would change' },
          { value: 'before', label: 'What it changed when it was written' },
        ]}
        onChange={(event) => setAgainstNow(event.currentTarget.value === 'now')}
      />
      <DifferenceView before={from} after={to} />
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Close</Button>
        <Button variant="filled" onClick={restore}>
          Restore this state
        </Button>
      </Group>
    </div>
  );
}
