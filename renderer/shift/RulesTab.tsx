import { Button, Group, NumberInput } from '@mantine/core';
import { useEffect } from 'react';

import { PRIORITIES, type Priority } from '#shared/domain/priority.ts';

import { priorityWord, showMoment } from '../ui/index.ts';
import { giniWords, minutesWords } from './board.ts';
import { canSwitchOn, loadRules, propose, rehearse, switchOn, useRules, type Rehearsed, type Rules } from './rules.ts';
import classes from './shift.module.css';

/** A change of the rules is tried on last night's list first; only what was tried can be switched on. */
export function RulesTab() {
  const { proposed, rehearsal, isBusy, trouble } = useRules();
  const isReady = useRules(canSwitchOn);
  useEffect(() => {
    void loadRules();
  }, []);
  if (proposed === undefined)
    return trouble === undefined ? <p>Asking for the rules…</p> : <p role="alert">{trouble}</p>;
  return (
    <section aria-label="Rules">
      <div className={classes.rules}>
        <Turnarounds rules={proposed} />
        <Credits rules={proposed} />
        <Limits rules={proposed} />
      </div>
      <Group gap="xs" className={classes.ruleActions ?? ''}>
        <Button loading={isBusy} onClick={() => void rehearse()}>
          Rehearse on last night
        </Button>
        <Button variant="filled" disabled={!isReady || isBusy} onClick={() => void switchOn()}>
          Switch on
        </Button>
        {!isReady && <span className={classes.quiet}>What was rehearsed as it stands can be switched on.</span>}
      </Group>
      {trouble !== undefined && <p role="alert">{trouble}</p>}
      {rehearsal !== undefined && <SideBySide outcome={rehearsal.outcome} />}
    </section>
  );
}

function Turnarounds({ rules }: { readonly rules: Rules }) {
  return (
    <fieldset>
      <legend>Due without a due time, minutes</legend>
      {PRIORITIES.map((priority) => (
        <Amount
          key={priority}
          label={priorityWord(priority)}
          value={rules.turnaroundMinutes[priority]}
          min={1}
          onChange={(value) => propose({ turnaroundMinutes: { ...rules.turnaroundMinutes, [priority]: value } })}
        />
      ))}
    </fieldset>
  );
}

const CREDIT_WORDS = {
  emergency: 'Emergency department',
  icu: 'Intensive care',
  inpatient: 'Inpatient',
  patientWaiting: 'Patient on the table',
  aiResult: 'AI result',
  escalation: 'Escalated',
} as const;

function Credits({ rules }: { readonly rules: Rules }) {
  return (
    <fieldset>
      <legend>Comes forward by, % of its turnaround</legend>
      {(Object.keys(CREDIT_WORDS) as (keyof typeof CREDIT_WORDS)[]).map((credit) => (
        <Amount
          key={credit}
          label={CREDIT_WORDS[credit]}
          value={Math.round(rules.credits[credit] * 100)}
          min={0}
          max={100}
          onChange={(value) => propose({ credits: { ...rules.credits, [credit]: value / 100 } })}
        />
      ))}
    </fieldset>
  );
}

function Limits({ rules }: { readonly rules: Rules }) {
  const { lateShift } = rules;
  return (
    <fieldset>
      <legend>Limits</legend>
      <Amount
        label="Late in the shift after, hours"
        value={lateShift.afterHours}
        min={0}
        max={24}
        onChange={(afterHours) => propose({ lateShift: { ...lateShift, afterHours } })}
      />
      <Amount
        label="Complex from, minutes"
        value={lateShift.complexMinutes}
        min={1}
        onChange={(complexMinutes) => propose({ lateShift: { ...lateShift, complexMinutes } })}
      />
      <Amount
        label="Most in a shift, minutes"
        value={rules.capMinutes}
        min={1}
        onChange={(capMinutes) => propose({ capMinutes })}
      />
      <Amount
        label="Ahead of an equal share by, minutes"
        value={rules.aheadMinutes}
        min={0}
        onChange={(aheadMinutes) => propose({ aheadMinutes })}
      />
    </fieldset>
  );
}

function Amount(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max?: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <NumberInput
      label={props.label}
      value={props.value}
      min={props.min}
      max={props.max ?? 100_000}
      hideControls
      onChange={(value) => typeof value === 'number' && props.onChange(value)}
    />
  );
}

/** Last night as it would be under both: what a change costs stands beside what it gains. */
function SideBySide({ outcome }: { readonly outcome: Rehearsed }) {
  const { current, proposed } = outcome;
  const of = (side: Rehearsed['current'], priority: Priority) =>
    side.classes.find((each) => each.priority === priority);
  return (
    <>
      <h3>
        {outcome.readings} readings from {showMoment(outcome.from, outcome.until)} to{' '}
        {showMoment(outcome.until, outcome.until)}, now and proposed
      </h3>
      <table className={classes.table} aria-label="Rehearsal">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Readings</th>
            <th scope="col">Median turnaround</th>
            <th scope="col">95 of 100 within</th>
            <th scope="col">In time</th>
            <th scope="col">Breaches</th>
          </tr>
        </thead>
        <tbody>
          {PRIORITIES.map((priority) => {
            const [was, would] = [of(current, priority), of(proposed, priority)];
            if (was === undefined || would === undefined) return null;
            return (
              <tr key={priority}>
                <th scope="row">{priorityWord(priority)}</th>
                <td className={classes.number}>{was.readings}</td>
                <Pair
                  was={minutesWords(was.medianTurnaroundMinutes)}
                  would={minutesWords(would.medianTurnaroundMinutes)}
                />
                <Pair was={minutesWords(was.p95TurnaroundMinutes)} would={minutesWords(would.p95TurnaroundMinutes)} />
                <Pair was={shareWords(was.shareWithinTarget)} would={shareWords(would.shareWithinTarget)} />
                <Pair was={String(was.breaches)} would={String(would.breaches)} />
              </tr>
            );
          })}
        </tbody>
      </table>
      <p>
        Fairness, Gini of minutes: {giniWords(current.giniOfMinutes)} → {giniWords(proposed.giniOfMinutes)}. Idle:{' '}
        {minutesWords(current.idleMinutes)} → {minutesWords(proposed.idleMinutes)}. Unread: {current.unread} →{' '}
        {proposed.unread}.
      </p>
    </>
  );
}

const shareWords = (share: number): string => `${Math.round(share * 100)} %`;

function Pair({ was, would }: { readonly was: string; readonly would: string }) {
  return (
    <td className={classes.number}>
      {was} → <strong>{would}</strong>
    </td>
  );
}
