import type { HumanName } from 'fhir/r4';

/** PS3.5 6.2.1.1: family^given^middle^prefix^suffix. Groups behind `=` stay in `text`-less names of their own. */
export function humanNames(pn: string): HumanName[] {
  return pn
    .split('=')
    .map((group) => group.split('^').map((part) => part.trim()))
    .filter((parts) => parts.some((part) => part !== ''))
    .map(([family = '', given = '', middle = '', prefix = '', suffix = '']) => {
      const givenNames = [given, middle].filter((part) => part !== '');
      return {
        ...(family === '' ? {} : { family }),
        ...(givenNames.length === 0 ? {} : { given: givenNames }),
        ...(prefix === '' ? {} : { prefix: [prefix] }),
        ...(suffix === '' ? {} : { suffix: [suffix] }),
      };
    });
}

const clean = (text: string | undefined): string => (text ?? '').replace(/[\^=\\]+/g, ' ').trim();

const nameInUse = (names: readonly HumanName[] | undefined): HumanName | undefined =>
  names?.find((name) => name.use === 'official') ?? names?.find((name) => name.use !== 'old') ?? names?.[0];

/** Names that the person was or is known by besides the one to use, as PN. */
export function otherNamesFrom(names: readonly HumanName[] | undefined): string[] {
  const inUse = nameInUse(names);
  return (names ?? [])
    .filter((name) => name !== inUse && (name.use === 'old' || name.use === 'maiden' || name.use === 'nickname'))
    .map(pnFrom)
    .filter((name) => name !== '');
}

/** The name to use of a FHIR person as PN. */
export function personNameFrom(names: readonly HumanName[] | undefined): string {
  const chosen = nameInUse(names);
  return chosen === undefined ? '' : pnFrom(chosen);
}

/** A name given only as text becomes the family name. */
function pnFrom(chosen: HumanName): string {
  const [given, ...middle] = chosen.given ?? [];
  const parts = [chosen.family, given, middle.join(' '), chosen.prefix?.join(' '), chosen.suffix?.join(' ')].map(clean);
  const joined = parts.join('^').replace(/\^+$/, '');
  return joined === '' ? clean(chosen.text) : joined;
}
