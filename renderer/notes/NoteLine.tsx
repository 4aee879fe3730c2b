import { Button } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconFilePlus } from '@tabler/icons-react';

import { compareWithQuestion } from '#shared/domain/prior-and-question.ts';

import { currentSecond, showMoment } from '../ui/index.ts';
import { showDocument } from './documents.ts';
import { carryPrior, copyFact, noteFocusedFact } from './fact-to-report.ts';
import { trendOf, type Fact } from './group-notes.ts';
import classes from './notes.module.css';

export function NoteLine({ fact, others }: { readonly fact: Fact; readonly others: readonly Fact[] }) {
  const trend = fact.kind === 'lab' ? trendOf(fact, others) : undefined;
  return (
    <>
      <span className={classes.text}>
        {fact.label !== '' && fact.label !== fact.text && <span className={classes.label}>{fact.label} </span>}
        {fact.text}
        {trend !== undefined && `, ${trend}`}
        {fact.abnormal === true && (
          <span className={classes.abnormal}>
            {' '}
            <IconAlertTriangle size={16} aria-hidden /> abnormal
          </span>
        )}
      </span>
      <Origin source={fact.source} at={fact.at} />
    </>
  );
}

/** What it says of today's question is marked, and what it does not say is told. */
export function PriorReport({
  fact,
  question,
  isOpen,
  canCarry,
}: {
  readonly fact: Fact;
  readonly question: string;
  readonly isOpen: boolean;
  readonly canCarry: boolean;
}) {
  const { sentences, spokenOf, unspokenOf } = compareWithQuestion(fact.text, question);
  return (
    <details className={classes.prior} open={isOpen}>
      <summary>
        <IconChevronRight size={16} aria-hidden />
        <span className={classes.text}>{fact.label}</span>
      </summary>
      <Origin source={fact.source} at={fact.at} />
      {spokenOf.length > 0 && (
        <p className={classes.missing}>
          Speaks of: {spokenOf.join(', ')}
          {unspokenOf.length > 0 && `. Not of: ${unspokenOf.join(', ')}`}
        </p>
      )}
      <p className={classes.whole}>
        {sentences.map(({ text, isAbout }, place) =>
          isAbout ? (
            <mark key={place} className={classes.about}>
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </p>
      {canCarry && (
        <Button
          size="compact-xs"
          aria-keyshortcuts="Alt+U"
          onClick={() => carryPrior(fact)}
          onFocus={() => noteFocusedFact(fact)}
          onBlur={() => noteFocusedFact(undefined)}
        >
          Carry over as unchanged (Alt U)
        </Button>
      )}
    </details>
  );
}

/** Opens the letter or report that the fact is of. */
export function DocumentButton({ fact }: { readonly fact: Fact }) {
  const { picture } = fact;
  return picture?.of === undefined ? null : (
    <Button size="compact-xs" variant="default" className={classes.opens} onClick={() => showDocument(picture.of)}>
      Open {fact.label}
    </Button>
  );
}

/** The fact into the report, with its source. A plain button: there is one a fact, and they must not hold up the first image. */
export function CopyButton({ fact }: { readonly fact: Fact }) {
  const label = `Into the report: ${fact.label} ${fact.kind === 'prior-report' ? '' : fact.text}`.trim();
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts="Alt+I"
      title="Into the report (Alt I)"
      className={classes.copy}
      onClick={() => copyFact(fact)}
      onFocus={() => noteFocusedFact(fact)}
      onBlur={() => noteFocusedFact(undefined)}
    >
      <IconFilePlus size={16} aria-hidden />
    </button>
  );
}

/** Where and when a fact came from: a reader weighs it by that. */
export function Origin({ source, at }: { readonly source: string; readonly at?: number | undefined }) {
  return (
    <span className={classes.source}>
      {source}
      {at !== undefined && ` · ${showMoment(at, currentSecond())}`}
    </span>
  );
}
