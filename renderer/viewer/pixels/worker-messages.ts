import type { FrameDescription, Samples } from '#shared/dicom/frame-description.ts';
import type { Palette } from '../model/image-facts.ts';
import type { LookupTable } from '../model/lookup-table.ts';
import type { TracedOutline } from '../others/trace.ts';

/** What has to happen between stored samples and what the screen takes. */
export interface Conversion {
  readonly palette: Palette | undefined;
  readonly modalityLut: LookupTable | undefined;
  readonly paddingValue: number | undefined;
  /** The processor path draws RGBA, the GPU path RGB. */
  readonly hasAlpha: boolean;
  /** Not the samples are asked for but the outlines of all that reach this value. */
  readonly regionFrom?: number;
}

export interface DisplayImage {
  readonly rows: number;
  readonly columns: number;
  /** 1: stored values (or modality LUT output), unaltered; 3 or 4: eight-bit colour. */
  readonly components: 1 | 3 | 4;
  readonly samples: Samples;
  /** Over all samples but the padding. */
  readonly min: number;
  readonly max: number;
  /** Instead of samples, where a region was asked for; absent also where it has too many corners. */
  readonly outlines?: readonly TracedOutline[];
}

export interface DecodeRequest {
  readonly id: number;
  readonly payload: Uint8Array;
  readonly description: FrameDescription;
  readonly conversion: Conversion;
  /** The payload is only the frame's beginning: a picture whose sides are halved so often is made of it. */
  readonly level?: number;
}
export type DecodeReply =
  | { readonly id: number; readonly ok: true; readonly image: DisplayImage }
  | { readonly id: number; readonly ok: false; readonly reason: string };
