import type { Identifier } from 'fhir/r4';

/** A token search value; `,`, `|`, `$` and `\` inside it are escaped with `\` (R4 3.1.1.4.1). */
export const identifierToken = (system: string, value: string): string =>
  `${system}|${value.replace(/[\\,|$]/g, '\\$&')}`;

/** Search string for create with If-None-Exist. */
export const ifNoneExist = (system: string, value: string): string =>
  `identifier=${encodeURIComponent(identifierToken(system, value))}`;

export const identifierValue = (
  resource: { readonly identifier?: readonly Identifier[] | undefined },
  system: string,
): string | undefined => (resource.identifier ?? []).find((each) => each.system === system)?.value;
