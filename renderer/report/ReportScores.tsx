import { UnstyledButton } from '@mantine/core';
import { IconCalculator, IconX } from '@tabler/icons-react';

import type { ReportScore } from '#shared/reporting/report.ts';

import classes from './report.module.css';

/** What was asked and answered, in words. */
const inputWords = ({ inputs }: ReportScore): string =>
  inputs
    .map(({ label, number, unit, choices }) =>
      number === undefined
        ? `${label}: ${(choices ?? []).map((choice) => choice.label).join(', ')}`
        : `${label}: ${number} ${unit ?? ''}`.trim(),
    )
    .join('; ');

/** The scores that go with the report as data, each to be taken out again. */
export function ReportScores(props: {
  readonly scores: readonly ReportScore[];
  readonly onRemove: ((score: ReportScore) => void) | undefined;
}) {
  const { onRemove } = props;
  if (props.scores.length === 0) return null;
  return (
    <ul aria-label="Scores" className={classes.scores}>
      {props.scores.map((score) => (
        <li key={score.sentence}>
          <IconCalculator size={16} aria-hidden />
          <span>
            {score.title} ({score.version}): {score.category}
            <span className={classes.quiet}> {inputWords(score)}</span>
          </span>
          {onRemove !== undefined && (
            <UnstyledButton
              className={classes.keyImageRemove}
              aria-label={`Remove score ${score.title} ${score.category}`}
              onClick={() => onRemove(score)}
            >
              <IconX size={16} aria-hidden />
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  );
}
