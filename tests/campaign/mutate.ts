/** Numbers from 0 up to 1. */
type Random = () => number;

const anyOf = <Each>(random: Random, list: readonly Each[]): Each => list[Math.floor(random() * list.length)] as Each;
const upTo = (random: Random, limit: number): number => Math.floor(random() * limit);

const FRAMING: ReadonlySet<number> = new Set([0x0b, 0x1c]);
const LONGEST_FIELD = 2_000_000;
const CHARSETS = [
  '8859/1',
  'UNICODE UTF-8',
  'UNICODE UTF-16',
  'ISO IR87',
  'KOI8-R',
  'nonsense',
  '~',
  '8859/15~ISO IR87',
];
const HL7_PIECES = [
  '\\X00\\',
  '\\X0D0A\\',
  '\\.br\\',
  '\\F\\',
  '\\Zabc',
  '\\C2842\\',
  '""',
  '&&&&',
  '^^^^^^^^^^',
  '~~~~',
  '|'.repeat(400),
  '\r\r\r',
  '\n',
  '\u0000',
  '\u202e\u2066',
  '<script>',
  '%s%n',
  '00000000000000',
  '99999999999999999999',
  '20260230250000+9999',
  'OBX|1|ED|x^y||^application^pdf^Base64^%%%',
];

/** One to four faults, as broken engines, wrong encodings and cut lines make them. Never the bytes that end an MLLP frame. */
export function mutateHl7(message: Uint8Array, random: Random): Uint8Array {
  let bytes = Buffer.from(message);
  for (let left = 1 + upTo(random, 4); left > 0; left -= 1) bytes = Buffer.from(hl7Fault(bytes, random));
  return new Uint8Array(bytes.filter((byte) => !FRAMING.has(byte)));
}

function hl7Fault(bytes: Buffer, random: Random): Uint8Array {
  const text = bytes.toString('latin1');
  const segments = text.split('\r');
  const at = upTo(random, Math.max(1, segments.length));
  const inSegment = (change: (fields: string[], field: number) => void): Uint8Array => {
    const fields = (segments[at] ?? '').split('|');
    change(fields, upTo(random, fields.length));
    return Buffer.from(segments.with(at, fields.join('|')).join('\r'), 'latin1');
  };
  switch (upTo(random, 12)) {
    case 0:
      return bytes.map((byte) => (random() < 0.01 ? upTo(random, 256) : byte));
    case 1:
      return bytes.subarray(0, upTo(random, bytes.length));
    case 2:
      return Buffer.from(segments.toSpliced(at, 1).join('\r'), 'latin1');
    case 3:
      return Buffer.from(segments.toSpliced(at, 0, segments[at] ?? '').join('\r'), 'latin1');
    case 4:
      return Buffer.from(segments.toSorted(() => random() - 0.5).join('\r'), 'latin1');
    case 5:
      return Buffer.from(segments.join(anyOf(random, ['\n', '\r\n', '\r\r', '|'])), 'latin1');
    case 6:
      return inSegment((fields, field) => (fields[field] = anyOf(random, HL7_PIECES)));
    case 7:
      return inSegment((fields, field) => (fields[field] = `${fields[field] ?? ''}${anyOf(random, HL7_PIECES)}`));
    case 8:
      return inSegment((fields, field) => {
        const text = fields[field] ?? '';
        // Long, not endless: the sender of the fault must hold it, too.
        fields[field] = text.repeat(1 + upTo(random, Math.min(3000, LONGEST_FIELD / Math.max(1, text.length))));
      });
    case 9:
      return inSegment((fields, field) => (fields[field] = `${fields[field] ?? ''}~${fields[field] ?? ''}`));
    case 10:
      return Buffer.from(
        text.replace(/^(MSH\|[^|]*)/, `MSH${anyOf(random, ['#^~\\&', '|', '|^~\\&#', '||', '||||'])}`),
        'latin1',
      );
    default: {
      const header = (segments[0] ?? '').split('|');
      header[17] = anyOf(random, CHARSETS);
      return Buffer.from(segments.with(0, [...header].map((field) => field ?? '').join('|')).join('\r'), 'latin1');
    }
  }
}

const JSON_PIECES: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  -0.5,
  1e308,
  2 ** 53 + 2,
  [],
  {},
  [[[[]]]],
  '\u0000',
  '\ud800',
  '../../etc',
  'javascript:alert(1)',
  'urn:uuid:',
  'Patient/../Task/1',
  '0000-00-00',
  '9999-99-99T99:99:99Z',
  '__proto__',
  'x'.repeat(70_000),
];

/** One to four faults in a JSON value: another type, a missing or doubled member, a wrong name, absurd depth. */
export function mutateJson(value: unknown, random: Random): unknown {
  let mutated = structuredClone(value);
  for (let left = 1 + upTo(random, 4); left > 0; left -= 1) mutated = jsonFault(mutated, random);
  return mutated;
}

function jsonFault(value: unknown, random: Random): unknown {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (inside.length === 0 || random() < 0.05) return leafFault(value, random);
  const [name, member] = anyOf(random, inside);
  if (Array.isArray(value)) return value.with(Number(name), jsonFault(member, random)) as unknown;
  const rest: Record<string, unknown> = Object.fromEntries(inside);
  const roll = random();
  if (roll < 0.08) delete rest[name];
  else if (roll < 0.12) rest[`${name}X`] = member;
  else if (roll < 0.16) rest[name] = [member, member];
  else rest[name] = jsonFault(member, random);
  return rest;
}

function leafFault(value: unknown, random: Random): unknown {
  if (typeof value === 'string' && random() < 0.5) return `${value}${String(anyOf(random, JSON_PIECES))}`;
  if (random() > 0.03) return anyOf(random, JSON_PIECES);
  let deep: unknown = value;
  for (let level = 0; level < 400; level += 1) deep = { extension: [deep] };
  return deep;
}

/** Its text, now and then cut or with bytes of another encoding. */
export function jsonBytes(value: unknown, random: Random): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(value) ?? '');
  if (random() < 0.05) return bytes.subarray(0, upTo(random, bytes.length));
  return random() < 0.05 ? bytes.map((byte) => (random() < 0.005 ? 128 + upTo(random, 128) : byte)) : bytes;
}
