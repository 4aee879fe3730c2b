/** The only fields a log line may carry: no names, birth dates, accession numbers, UIDs or report text (DESIGN law 7). */
export interface LogFields {
  readonly program?: string;
  readonly siteId?: string;
  readonly taskId?: string;
  readonly deliveryId?: string;
  readonly channel?: string;
  readonly attempt?: number;
  readonly count?: number;
  readonly bytes?: number;
  readonly status?: number;
  readonly durationMs?: number;
  readonly code?: string;
}

/** `event` is a past-tense constant such as `delivery.attempted`; never a sentence with data in it. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
