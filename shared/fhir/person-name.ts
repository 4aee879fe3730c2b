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

/** The name to use of a FHIR person as PN; a name given only as text becomes the family name. */
export function personNameFrom(names: readonly HumanName[] | undefined): string {
  const chosen =
    names?.find((name) => name.use === 'official') ?? names?.find((name) => name.use !== 'old') ?? names?.[0];
  if (chosen === undefined) return '';
  const [given, ...middle] = chosen.given ?? [];
  const parts = [chosen.family, given, middle.join(' '), chosen.prefix?.join(' '), chosen.suffix?.join(' ')].map(clean);
  const joined = parts.join('^').replace(/\^+$/, '');
  return joined === '' ? clean(chosen.text) : joined;
}
