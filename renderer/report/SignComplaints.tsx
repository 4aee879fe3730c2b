import { TextInput } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCheck } from '@tabler/icons-react';

import { isOverridable, type Complaint } from '#shared/reporting/complaint.ts';

import classes from './report.module.css';

export type Checks =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'found'; readonly complaints: readonly Complaint[] };

/** The same complaint twice has the same reason. */
export const complaintKey = ({ code, quote }: Complaint): string => `${code} ${quote ?? ''}`;

/** What the checks found. Each `stop` that may be overridden has a box for the reason; a `warn` is signed as seen. */
export function SignComplaints(props: {
  readonly checks: Checks;
  readonly reasons: ReadonlyMap<string, string>;
  readonly onReason: (key: string, reason: string) => void;
}) {
  const { checks } = props;
  if (checks.kind === 'running') return <p className={classes.quiet}>Checking the report…</p>;
  if (checks.kind === 'failed') return <p className={classes.warn}>The report could not be checked: {checks.text}</p>;
  if (checks.complaints.length === 0) {
    return (
      <p className={classes.fine}>
        <IconCheck size={16} aria-hidden /> Checks found nothing to ask about.
      </p>
    );
  }
  return (
    <ul className={classes.complaints} aria-label="Before signing">
      {checks.complaints.map((complaint, place) => (
        <li key={place}>
          <ComplaintMark complaint={complaint} />
          <span>
            {complaint.message}
            {complaint.quote !== undefined && <q className={classes.quote}>{complaint.quote}</q>}
            {complaint.fix !== undefined && <span className={classes.fix}>{complaint.fix}</span>}
            {complaint.severity === 'stop' && isOverridable(complaint) && (
              <TextInput
                aria-label={`Reason to sign in spite of: ${complaint.message}`}
                placeholder="Sign in spite of this, because…"
                value={props.reasons.get(complaintKey(complaint)) ?? ''}
                maxLength={500}
                autoComplete="off"
                onChange={(event) => props.onReason(complaintKey(complaint), event.currentTarget.value)}
              />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function ComplaintMark({ complaint }: { readonly complaint: Complaint }) {
  return complaint.severity === 'stop' ? (
    <span className={classes.stop}>
      <IconAlertOctagon size={16} aria-hidden />
      {isOverridable(complaint) ? 'Fix, or give a reason' : 'Must be fixed'}
    </span>
  ) : (
    <span className={classes.warn}>
      <IconAlertTriangle size={16} aria-hidden />
      Please check
    </span>
  );
}
