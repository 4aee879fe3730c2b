/** MLLP (HL7 v2 Implementation Guide, appendix C): `VT message FS CR`. */
const START = 0x0b;
const END = 0x1c;
const CARRIAGE_RETURN = 0x0d;

/** The bytes of one frame. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 3);
  framed[0] = START;
  framed.set(message, 1);
  framed[message.length + 1] = END;
  framed[message.length + 2] = CARRIAGE_RETURN;
  return framed;
}

export interface FrameReader {
  /** Takes the next bytes of the connection; gives the messages they complete, or `too-long` when one grows over the limit. */
  read(chunk: Uint8Array): readonly Uint8Array[] | 'too-long';
  /** Between start and end of a frame. */
  isInside(): boolean;
  /** Bytes that stood outside any frame, line ends aside. */
  strayBytes(): number;
}

/** Cuts a byte stream into messages however it was split. What stands before a start byte is no message and is skipped, but counted. */
export function createFrameReader(limitBytes: number): FrameReader {
  let parts: Uint8Array[] = [];
  let held = 0;
  let inside = false;
  let stray = 0;
  const keep = (part: Uint8Array) => {
    if (part.length === 0) return;
    parts.push(part.slice());
    held += part.length;
  };
  return {
    read(chunk) {
      const messages: Uint8Array[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (!inside) {
          const start = chunk.indexOf(START, at);
          const before = chunk.subarray(at, start === -1 ? chunk.length : start);
          stray += before.filter((byte) => byte !== CARRIAGE_RETURN && byte !== 0x0a).length;
          if (start === -1) break;
          inside = true;
          at = start + 1;
          continue;
        }
        const end = chunk.indexOf(END, at);
        keep(chunk.subarray(at, end === -1 ? chunk.length : end));
        if (held > limitBytes) return 'too-long';
        if (end === -1) break;
        messages.push(joined(parts, held));
        parts = [];
        held = 0;
        inside = false;
        at = end + 1;
      }
      return messages;
    },
    isInside: () => inside,
    strayBytes: () => stray,
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
