import type { GreyScale } from '../model/display.ts';
import type { ImagePoint } from '../model/measurement.ts';
import type { ShownAs } from '../model/image-presentation.ts';

/** One thing that others drew over an image, in our image pixels: whole numbers are the centres of pixels. */
export interface OthersMark {
  /** `plane`: pixels of an overlay, filled. `region`: tinted inside its outline. `shutter`: everything outside is covered. */
  readonly kind: 'line' | 'region' | 'plane' | 'shutter';
  /** A line of one point is drawn as a cross. None: words only. */
  readonly lines: readonly (readonly ImagePoint[])[];
  readonly text: string;
  /** Where the words stand; absent: beside the lines. */
  readonly at?: ImagePoint;
}

/** How another viewer showed an image (PS3.3 A.33.1). */
export interface OthersView extends Pick<
  ShownAs,
  'isInverted' | 'quarterTurns' | 'isFlippedHorizontally' | 'isFlippedVertically'
> {
  /** Absent: it says nothing of a window. */
  readonly scale?: GreyScale;
  /** Opposite corners of what was in sight, before turning; absent: the whole image. */
  readonly area?: readonly [topLeft: ImagePoint, bottomRight: ImagePoint];
}

/** Who or what made an object, as its file says. */
export interface Origin {
  readonly source: string;
  readonly algorithm: string | undefined;
  readonly version: string | undefined;
  /** `2026-11-21` */
  readonly date: string | undefined;
}

/** What somebody else made about images of this case. It lies over them, is never part of them, and can be hidden. */
export interface OthersWork extends Origin {
  readonly id: string;
  /** `Segmentation`, `Key images`… */
  readonly what: string;
  /** What it calls itself, or what it shows. */
  readonly title: string;
  readonly colour: string;
  /** The images it lies on, as far as they are in this case. */
  readonly imageIds: readonly string[];
  /** Why there is nothing of it to see, or less than the object says. */
  readonly reason: string | undefined;
  readonly marksOn: (imageId: string) => readonly OthersMark[];
  /** Of a presentation state. */
  readonly viewOf?: (imageId: string) => OthersView | undefined;
}

/** Told apart from each other and from what the reader draws. */
const COLOURS = ['#5ec8e5', '#f0a35e', '#c792ea', '#8fd36b', '#f07f9b', '#d8c84a', '#7fa8ff', '#54d6a9'] as const;
export const colourOf = (number: number): string => COLOURS[number % COLOURS.length] ?? COLOURS[0];

/** Marks by image, gathered while an object is read. */
export function gatherMarks() {
  const marks = new Map<string, OthersMark[]>();
  return {
    add(imageId: string, mark: OthersMark): void {
      const known = marks.get(imageId);
      if (known) known.push(mark);
      else marks.set(imageId, [mark]);
    },
    imageIds: () => [...marks.keys()],
    marksOn: (imageId: string): readonly OthersMark[] => marks.get(imageId) ?? NONE,
  };
}
const NONE: readonly OthersMark[] = [];
export const noMarks = (): readonly OthersMark[] => NONE;
