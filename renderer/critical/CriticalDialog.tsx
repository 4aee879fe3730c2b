import { Button, Group, Modal, Radio, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';

import { CRITICAL_LEVELS, type CriticalLevel } from '#shared/domain/critical-result.ts';

import { call, type Answer, type OpenCase } from '../bridge/index.ts';
import { closeDialog, useDialog } from '../ui/index.ts';
import { recordCritical } from './critical.ts';
import classes from './critical.module.css';
import { isTold, NOBODY_TOLD, TellingFields } from './TellingFields.tsx';

/** Marks a finding of the open case; one act writes data, sentence and record. */
export function CriticalDialog({ opened }: { readonly opened: OpenCase | undefined }) {
  const isOpen = useDialog(({ open }) => open === 'critical');
  return (
    <Modal opened={isOpen && opened !== undefined} onClose={closeDialog} title="Critical result" size="lg">
      {isOpen && opened !== undefined && <CriticalForm opened={opened} />}
    </Modal>
  );
}

const windowWords = (minutes: number): string => {
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
};

type Site = Answer<'criticalForm'>;
const UNKNOWN_SITE: Site = { contacts: [], timeZone: 'UTC', windowMinutes: { red: 60, orange: 360, yellow: 4320 } };

function CriticalForm({ opened }: { readonly opened: OpenCase }) {
  const [site, setSite] = useState<Site>(UNKNOWN_SITE);
  const [level, setLevel] = useState<CriticalLevel>('red');
  const [finding, setFinding] = useState('');
  const [told, setTold] = useState(NOBODY_TOLD);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const { current: uuid } = useRef(crypto.randomUUID());
  useEffect(() => {
    call('criticalForm', { taskId: opened.taskId }).then(setSite, () => undefined);
  }, [opened.taskId]);

  const record = async (isHandedOver: boolean) => {
    if (finding.trim() === '') return setProblem('Say what was found.');
    if (!isHandedOver && !isTold(told))
      return setProblem('Say who was told, name and role; or let the support desk call.');
    setIsBusy(true);
    setProblem(undefined);
    const request = { uuid, taskId: opened.taskId, level, finding, ...(isHandedOver ? {} : { told }) };
    const recorded = await recordCritical(request, opened.canReport);
    setIsBusy(false);
    if (recorded.ok) closeDialog();
    else setProblem(recorded.why);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void record(false);
  };
  return (
    <form onSubmit={onSubmit} className={classes.form}>
      <Radio.Group
        label="Level"
        value={level}
        onChange={(value) => setLevel(CRITICAL_LEVELS.find((each) => each === value) ?? 'red')}
      >
        <Group gap="md" className={classes.levels ?? ''}>
          {CRITICAL_LEVELS.map((each) => (
            <Radio
              key={each}
              value={each}
              data-level={each}
              label={`${each[0]?.toUpperCase()}${each.slice(1)}: within ${windowWords(site.windowMinutes[each])}`}
            />
          ))}
        </Group>
      </Radio.Group>
      <Textarea
        label="Finding"
        value={finding}
        maxLength={2000}
        autosize
        minRows={2}
        autoFocus
        onChange={(event) => setFinding(event.currentTarget.value)}
      />
      <TellingFields told={told} contacts={site.contacts} onChange={setTold} />
      <div role="alert" className={classes.problem}>
        {problem}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button disabled={isBusy} onClick={() => void record(true)}>
          Support desk calls
        </Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Record
        </Button>
      </Group>
    </form>
  );
}
