import { STANDARD_DELIMITERS, type Delimiters } from './delimiters.ts';

/** Text to wire (HL7 v2.5.1, 2.7). Line ends become `\.br\`; other control characters, which would break MLLP framing, become `\X..\`. */
export function escapeText(text: string, by: Delimiters = STANDARD_DELIMITERS): string {
  const mark = by.escape;
  if (mark === '') return Array.from(text, (character) => (isStructural(character, by) ? ' ' : character)).join('');
  let wire = '';
  const lines = text.replace(/\r\n?/g, '\n');
  for (const character of lines) wire += escapeCharacter(character, by, mark);
  return wire;
}

function escapeCharacter(character: string, by: Delimiters, mark: string): string {
  switch (character) {
    case by.field:
      return `${mark}F${mark}`;
    case by.component:
      return `${mark}S${mark}`;
    case by.subcomponent:
      return `${mark}T${mark}`;
    case by.repetition:
      return `${mark}R${mark}`;
    case mark:
      return `${mark}E${mark}`;
    case '\n':
      return `${mark}.br${mark}`;
    default: {
      const code = character.charCodeAt(0);
      return code < 0x20 ? `${mark}X${code.toString(16).toUpperCase().padStart(2, '0')}${mark}` : character;
    }
  }
}

const isStructural = (character: string, by: Delimiters): boolean =>
  character < ' ' || [by.field, by.component, by.repetition, by.subcomponent].includes(character);

/**
 * Wire to text. What is no known sequence stays as it was written, so that nothing a person typed disappears.
 * `\X..\` bytes are read as UTF-8 where they are valid UTF-8, else as ISO 8859-1; neighbours are read together.
 */
export function unescapeText(wire: string, by: Delimiters = STANDARD_DELIMITERS): string {
  const mark = by.escape;
  if (mark === '' || !wire.includes(mark)) return wire;
  let text = '';
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) text += decodeBytes(bytes);
    bytes = [];
  };
  let at = 0;
  while (at < wire.length) {
    const start = wire.indexOf(mark, at);
    const end = start === -1 ? -1 : wire.indexOf(mark, start + 1);
    if (start !== at || bytes.length === 0) flush();
    if (end === -1) break;
    text += wire.slice(at, start);
    const name = wire.slice(start + 1, end);
    const hex = hexBytes(name);
    const plain = hex === undefined ? sequenceText(name, by) : undefined;
    if (hex !== undefined) bytes.push(...hex);
    else {
      flush();
      if (plain === undefined) {
        // A lone escape character: keep it and look on right behind it, its partner may open a real sequence.
        text += wire.slice(start, end);
        at = end;
        continue;
      }
      text += plain;
    }
    at = end + 1;
  }
  flush();
  return text + wire.slice(at);
}

/** Undefined for what is no sequence that we know. Highlighting and layout carry no words and vanish. */
function sequenceText(name: string, by: Delimiters): string | undefined {
  switch (name) {
    case 'F':
      return by.field;
    case 'S':
      return by.component;
    case 'T':
      return by.subcomponent;
    case 'R':
      return by.repetition;
    case 'E':
      return by.escape;
    case 'P':
      return '#';
    case 'H':
    case 'N':
    case '.fi':
    case '.nf':
      return '';
    case '.br':
    case '.ce':
      return '\n';
    default:
      if (/^\.(in|ti)\s*[+-]?\d+$/.test(name)) return '';
      if (/^\.sp\s*\+?\d*$/.test(name)) return '\n'.repeat(Math.min(Number(name.replace(/\D/g, '')) || 1, 20));
      return undefined;
  }
}

function hexBytes(name: string): number[] | undefined {
  if (!/^X(?:[0-9A-Fa-f]{2})+$/.test(name)) return undefined;
  const bytes: number[] = [];
  for (let at = 1; at < name.length; at += 2) bytes.push(Number.parseInt(name.slice(at, at + 2), 16));
  return bytes;
}

function decodeBytes(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return String.fromCharCode(...bytes);
  }
}
