import { Button } from '@mantine/core';

import { currentSecond, showMoment } from '../ui/index.ts';
import { CHOICE_WORDS, choicesOf, decideElsewhere, recordWords, type RecordElsewhere } from './elsewhere.ts';
import classes from './notes.module.css';

/** Records of other sites that are, or may be, the same person's: on what, by whose word, and what came of asking there. */
export function Elsewhere({
  taskId,
  records,
}: {
  readonly taskId: string;
  readonly records: readonly RecordElsewhere[];
}) {
  if (records.length === 0) return null;
  return (
    <div className={classes.group}>
      <h3>At other sites</h3>
      <ul aria-live="polite">
        {records.map((record) => (
          <li key={record.patientId}>
            <span className={classes.text}>{recordWords(record)}</span>
            <span className={classes.source}>
              {record.evidence.join(', ')}
              {askedWords(record)}
            </span>
            {choicesOf(record).map((verdict) => (
              <Button
                key={verdict}
                size="compact-xs"
                variant="default"
                className={classes.opens}
                aria-label={`${CHOICE_WORDS[verdict]}: ${record.siteName}`}
                onClick={() => void decideElsewhere(taskId, record, verdict)}
              >
                {CHOICE_WORDS[verdict]}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function askedWords({ asked }: RecordElsewhere): string {
  if (asked === undefined) return '';
  const when = ` · asked ${showMoment(asked.at, currentSecond())}, `;
  if (asked.outcome === 'unreachable') return `${when}no answer`;
  return `${when}answer ${asked.count === 0 ? 'none' : asked.count === 1 ? '1 exam' : `${asked.count} exams`}`;
}
