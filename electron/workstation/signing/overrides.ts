import { isOverridable, SHORTEST_REASON, type Complaint } from '#shared/reporting/complaint.ts';
import type { ComplaintOverride } from '#shared/reporting/signed-report.ts';

export interface GivenReason {
  readonly code: string;
  readonly quote?: string | undefined;
  readonly reason: string;
}

/** What is left in the way of signing, and what the reader signs in spite of. A `stop` needs a reason of its own; a `warn` was shown and is recorded. */
export function weighComplaints(
  complaints: readonly Complaint[],
  given: readonly GivenReason[],
): { readonly stops: readonly Complaint[]; readonly overrides: readonly ComplaintOverride[] } {
  const reasonFor = (complaint: Complaint): string =>
    given.find(({ code, quote }) => code === complaint.code && quote === complaint.quote)?.reason.trim() ?? '';
  const isAnswered = (complaint: Complaint): boolean =>
    complaint.severity === 'warn' || (isOverridable(complaint) && reasonFor(complaint).length >= SHORTEST_REASON);
  return {
    stops: complaints.filter((complaint) => !isAnswered(complaint)),
    overrides: complaints.filter(isAnswered).map((complaint) => ({
      code: complaint.code,
      severity: complaint.severity,
      ...(complaint.quote === undefined ? {} : { quote: complaint.quote }),
      reason: reasonFor(complaint),
    })),
  };
}
