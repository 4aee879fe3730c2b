import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

/** Why the hub does not do what was asked. Thrown, so that a transaction rolls back; `createHub` alone turns it into an answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly outcome: OperationOutcome;
  constructor(
    status: number,
    code: OperationOutcomeIssue['code'],
    diagnostics: string,
    expression?: readonly string[],
  ) {
    super(diagnostics);
    this.name = 'Refusal';
    this.status = status;
    this.outcome = {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code,
          diagnostics,
          ...(expression === undefined ? {} : { expression: [...expression] }),
        },
      ],
    };
  }
}

export const badRequest = (diagnostics: string): Refusal => new Refusal(400, 'invalid', diagnostics);
export const notSupported = (diagnostics: string): Refusal => new Refusal(400, 'not-supported', diagnostics);
export const invalidResource = (diagnostics: string, expression?: readonly string[]): Refusal =>
  new Refusal(422, 'invariant', diagnostics, expression);
export const notFound = (): Refusal => new Refusal(404, 'not-found', 'There is no such resource.');
export const gone = (): Refusal => new Refusal(410, 'deleted', 'The resource was deleted.');
export const preconditionFailed = (diagnostics: string): Refusal => new Refusal(412, 'conflict', diagnostics);
export const preconditionRequired = (diagnostics: string): Refusal => new Refusal(428, 'required', diagnostics);
