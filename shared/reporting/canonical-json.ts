/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space,
 * numbers and strings as ECMAScript writes them. Signatures and hashes are taken over this text.
 * A value JSON cannot say (undefined in a list, a function, NaN, a lone surrogate) is a bug and throws.
 */
export function canonicalize(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new Error('canonical JSON: lone surrogate');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Error('canonical JSON: number is not finite');
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? canonicalList(value) : canonicalObject(value);
    default:
      throw new Error(`canonical JSON: ${typeof value} has no JSON form`);
  }
}

const canonicalList = (list: readonly unknown[]): string => `[${list.map(canonicalize).join(',')}]`;

function canonicalObject(value: object): string {
  // The default sort compares UTF-16 code units, which is what RFC 8785 3.2.3 asks for.
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return `{${members.map(([key, member]) => `${canonicalize(key)}:${canonicalize(member)}`).join(',')}}`;
}
