import { IconAlertTriangle, IconEye, IconLockCheck } from '@tabler/icons-react';

import type { OpenCase } from '../bridge/index.ts';
import { CommandButton } from '../commands/index.ts';
import { currentSecond, DueClock, PriorityMark } from '../ui/index.ts';
import { patientWords } from './patient-words.ts';
import { useReading, type ClaimState } from './reading.ts';
import classes from './reading.module.css';

export function PatientLine({ opened }: { readonly opened: OpenCase }) {
  const claim = useReading((state) => state.claim);
  return (
    <header className={classes.line} aria-label="Patient">
      <PatientWords opened={opened} />
      <ClaimMark claim={claim} />
      <span className={classes.actions}>
        <CommandButton id="reading.why" hidesKey label="Why?" />
        <CommandButton id="reading.return" label="Return to list" />
      </span>
    </header>
  );
}

/** Over images on another display: the same words, and nothing to press. */
export function QuietPatientLine({ opened }: { readonly opened: OpenCase }) {
  return (
    <header className={classes.line} aria-label="Patient">
      <PatientWords opened={opened} />
    </header>
  );
}

function PatientWords({ opened }: { readonly opened: OpenCase }) {
  const words = patientWords(opened, currentSecond());
  return (
    <>
      <h1>{words.name}</h1>
      <span>{words.ageAndSex}</span>
      <span>{words.mrn}</span>
      <span>{words.exam}</span>
      <span>{words.site}</span>
      <PriorityMark priority={opened.row.priority} />
      <DueClock dueAt={opened.row.dueAt} />
    </>
  );
}

function ClaimMark({ claim }: { readonly claim: ClaimState }) {
  switch (claim) {
    case 'held':
      return (
        <span className={classes.held}>
          <IconLockCheck size={16} aria-hidden /> Held by you
        </span>
      );
    case 'unconfirmed':
      return (
        <span className={classes.soon}>
          <IconAlertTriangle size={16} aria-hidden /> Claim not confirmed
        </span>
      );
    case 'lost':
      return (
        <span className={classes.lost}>
          <IconAlertTriangle size={16} aria-hidden /> Claim lost
        </span>
      );
    case 'none':
      return (
        <span className={classes.held}>
          <IconEye size={16} aria-hidden /> Only to look
        </span>
      );
  }
}
