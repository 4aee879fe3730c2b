/** What a check found before signing. `stop` forbids signing unless overridden with a reason; `warn` is shown, and recorded as seen. */
export interface Complaint {
  readonly code: string;
  readonly severity: 'stop' | 'warn';
  readonly section?: string;
  readonly quote?: string;
  readonly message: string;
  readonly fix?: string;
}

/** A report without findings or impression says nothing: no reason makes up for that. */
const NEVER_OVERRIDDEN: ReadonlySet<string> = new Set(['findings-missing', 'impression-missing']);
export const isOverridable = ({ code, severity }: Complaint): boolean =>
  severity === 'warn' || !NEVER_OVERRIDDEN.has(code);

/** Shorter is no reason. */
export const SHORTEST_REASON = 5;
