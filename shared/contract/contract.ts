import type { z } from 'zod';

/** One call of the workstation's door: `POST /api/{method}` with a JSON body; errors cross as data. */
export interface Contract<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  readonly method: string;
  readonly request: Request;
  readonly response: Response;
}

/** What every call may answer instead, with HTTP 4xx/5xx. `message` is for a person and holds no patient data. */
export interface CallError {
  readonly code:
    | 'invalid-request'
    | 'not-signed-in'
    | 'locked'
    | 'not-found'
    | 'hub-unreachable'
    /** The site's archive did not give images or their metadata. */
    | 'site-unreachable'
    | 'internal';
  readonly message: string;
}
