import { Button, Group } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';

import { call, type Answer, type CriticalView } from '../bridge/index.ts';
import { tellCritical } from './critical.ts';
import classes from './critical.module.css';
import { isTold, NOBODY_TOLD, TellingFields, type ToldFields } from './TellingFields.tsx';

/** Writes down what came of a call about an open result, in its own row. */
export function RecordCall(props: {
  readonly result: CriticalView;
  /** Who is to be called next, as a beginning. */
  readonly next?: { readonly name: string; readonly role: string } | undefined;
  readonly onDone: () => void;
}) {
  const { result, next, onDone } = props;
  const [told, setTold] = useState<ToldFields>(
    next === undefined ? NOBODY_TOLD : { ...NOBODY_TOLD, name: next.name, role: next.role },
  );
  const [contacts, setContacts] = useState<Answer<'criticalForm'>['contacts']>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    call('criticalForm', { taskId: result.taskId }).then(
      (site) => setContacts(site.contacts),
      () => undefined,
    );
  }, [result.taskId]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTold(told)) return setProblem('Say who was told, name and role.');
    void tellCritical({ id: result.id, told }).then((recorded) => {
      if (recorded.ok) onDone();
      else setProblem(recorded.why);
    });
  };
  return (
    <form onSubmit={onSubmit} className={classes.form} aria-label={`Call about ${result.examText}`}>
      <TellingFields told={told} contacts={contacts} onChange={setTold} />
      <div role="alert" className={classes.problem}>
        {problem}
      </div>
      <Group gap="xs">
        <Button type="submit" variant="filled">
          Record the call
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </Group>
    </form>
  );
}
