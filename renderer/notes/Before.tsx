import { IconStar } from '@tabler/icons-react';

import { mentionedPriors } from '#shared/domain/mentioned-priors.ts';
import { patientTimeline, type TimelineEntry } from '#shared/domain/patient-timeline.ts';

import type { OpenCase } from '../bridge/index.ts';
import { currentSecond, showMoment } from '../ui/index.ts';
import type { Fact } from './group-notes.ts';
import { CopyButton, DocumentButton, NoteLine, PriorReport } from './NoteLine.tsx';
import classes from './notes.module.css';

interface BeforeProps {
  readonly opened: Pick<OpenCase, 'notes' | 'priors' | 'priorsAskedAt' | 'row' | 'canReport'>;
  /** Prior reports and procedures that stand nowhere else in the panel. */
  readonly facts: readonly Fact[];
  readonly question: string;
}

/** What was before, on one line of time: exams and their reports, procedures, and exams that only a text speaks of. */
export function Before({ opened, facts, question }: BeforeProps) {
  const { notes, priors, row, canReport } = opened;
  const mentioned = mentionedPriors(row.reason, notes.facts, priors);
  const line = patientTimeline({ exam: row.exam, priors, facts, mentioned });
  const isUntold = notes.missing.includes('prior-report');
  if (line.length === 0 && !isUntold) return null;
  // Where nothing is alike, the newest report stands open.
  const open =
    line.find(({ isFirst, fact }) => isFirst && fact !== undefined) ?? line.find(({ isReported }) => isReported);
  return (
    <div className={classes.group}>
      <h3>Before</h3>
      {isUntold && <p className={classes.missing}>{line.length === 0 ? 'Not given' : 'No prior report given'}</p>}
      <ol>
        {line.map((entry, place) => (
          <li key={place}>
            {canReport && entry.fact !== undefined && <CopyButton fact={entry.fact} />}
            <span className={classes.when}>{entry.date ?? 'No date'}</span>
            {entry.kind === 'procedure' && entry.fact !== undefined && <NoteLine fact={entry.fact} others={facts} />}
            {entry.kind === 'mentioned' && <Mentioned entry={entry} askedAt={opened.priorsAskedAt} />}
            {entry.kind === 'exam' && (
              <Exam entry={entry} question={question} isOpen={entry === open} canCarry={canReport} />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Mentioned({ entry, askedAt }: { readonly entry: TimelineEntry<Fact>; readonly askedAt: number | undefined }) {
  const asked =
    askedAt === undefined ? 'not asked for yet' : `asked ${showMoment(askedAt, currentSecond())}, answer none`;
  return (
    <>
      <span className={classes.text}>{entry.title}</span>
      <span className={classes.source}>
        mentioned, not here: {entry.mentionedBy} · {asked}
      </span>
    </>
  );
}

function Exam({
  entry,
  question,
  isOpen,
  canCarry,
}: {
  readonly entry: TimelineEntry<Fact>;
  readonly question: string;
  readonly isOpen: boolean;
  readonly canCarry: boolean;
}) {
  const { fact, title, why, isFirst, siteName } = entry;
  // The report's own heading says it already.
  const isTitled = fact?.label.toLowerCase().includes(title.toLowerCase()) === true;
  return (
    <>
      {!isTitled && <span className={classes.text}>{title}</span>}
      <span className={classes.source} data-first={isFirst}>
        {isFirst && (
          <>
            <IconStar size={16} aria-hidden /> Compare first:{' '}
          </>
        )}
        {why} · {whatIsHere(entry)}
        {siteName !== undefined && ` · at ${siteName}`}
      </span>
      {fact !== undefined && (
        <>
          <PriorReport fact={fact} question={question} isOpen={isOpen} canCarry={canCarry} />
          <DocumentButton fact={fact} />
        </>
      )}
    </>
  );
}

function whatIsHere({ isPictured, isReported, fact }: TimelineEntry<Fact>): string {
  const images = isPictured ? 'images' : 'no images';
  if (fact !== undefined) return `${images}, report`;
  return isReported ? `${images}, its report not here` : `${images}, no report`;
}
