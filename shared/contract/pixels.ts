import type { FrameDescription } from '../dicom/frame-description.ts';

/**
 * `GET /pixels/{study}/{series}?from=i` answers one endless-until-complete body of frames, each
 * `u32 header length, u32 payload length` (little-endian), the header as UTF-8 JSON, then the payload: the
 * frame's bytes as received, still compressed. Frame `from` comes first, then outwards from it.
 */
export interface SeriesFrameHeader {
  readonly sopInstanceUid: string;
  /** 1-based, as in PS3.18. */
  readonly frame: number;
  readonly description: FrameDescription;
  /** Set instead of a payload when this frame cannot be had: what the viewer shows in its place. */
  readonly problem?: string;
  /**
   * Why nothing comes at the moment, in words for the reader. Such a header is no frame: its `frame` is 0, its payload
   * empty. The next frame ends what it says.
   */
  readonly notice?: string;
  /**
   * The payload is only the beginning of this image's codestream, enough for a picture whose sides are halved `level` times.
   * No frame either: its own `frame` is 0. The frame itself comes later.
   */
  readonly preview?: { readonly frame: number; readonly level: number };
}

export interface SeriesFrame {
  readonly header: SeriesFrameHeader;
  readonly payload: Uint8Array;
}

/** Longest header a reader accepts; a larger one means the stream is not ours. */
const MAX_FRAME_HEADER_BYTES = 65_536;

const PREFIX_BYTES = 8;

export function framePrefix(headerJson: Uint8Array, payloadBytes: number): Uint8Array {
  const prefix = new Uint8Array(PREFIX_BYTES + headerJson.length);
  const view = new DataView(prefix.buffer);
  view.setUint32(0, headerJson.length, true);
  view.setUint32(4, payloadBytes, true);
  prefix.set(headerJson, PREFIX_BYTES);
  return prefix;
}

/** Sizes announced by the first eight bytes, or undefined while fewer have arrived. */
export function readFramePrefix(bytes: Uint8Array): { headerBytes: number; payloadBytes: number } | undefined {
  if (bytes.length < PREFIX_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(0, true);
  if (headerBytes > MAX_FRAME_HEADER_BYTES) throw new Error('series stream: header too long');
  return { headerBytes, payloadBytes: view.getUint32(4, true) };
}
