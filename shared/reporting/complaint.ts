/** What a check found before signing. `stop` forbids signing; `warn` is shown and may be overridden. */
export interface Complaint {
  readonly code: string;
  readonly severity: 'stop' | 'warn';
  readonly section?: string;
  readonly quote?: string;
  readonly message: string;
  readonly fix?: string;
}
