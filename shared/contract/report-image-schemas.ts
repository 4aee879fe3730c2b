import { z } from 'zod';

import { DRAWING_KINDS, MOST_DRAWINGS, MOST_POINTS } from '../reporting/kept-drawing.ts';
import { DRAWN_SHAPES, MEASURED_QUANTITIES } from '../reporting/measured-on-image.ts';

/** What a report says of images: the fields are those of `shared/reporting/report.ts`. */
const text = z.string();

const MAX_MARKS = 500;

const position = z.tuple([z.number(), z.number()]).readonly();
const inSpace = z.tuple([z.number(), z.number(), z.number()]).readonly();
const seenPlane = z.strictObject({ right: inSpace, down: inSpace });
const seenPlanes = z.strictObject({
  name: z.enum(['axial', 'coronal', 'sagittal']),
  at: inSpace,
  planes: z.strictObject({ axial: seenPlane, coronal: seenPlane, sagittal: seenPlane }),
});
const uuid = text.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const drawnShape = {
  shape: z.enum(DRAWN_SHAPES),
  points: z.array(position).min(1).max(MOST_POINTS).readonly(),
};

const imageReference = {
  studyInstanceUid: text,
  seriesInstanceUid: text,
  sopInstanceUid: text,
  sopClassUid: text,
  frame: z.number().optional(),
  label: text.max(200),
};

const presentationSchema = z.strictObject({
  window: z
    .strictObject({
      center: z.number(),
      width: z.number(),
      function: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
    })
    .optional(),
  rescale: z.strictObject({ slope: z.number(), intercept: z.number(), unit: text.max(64) }).optional(),
  isInverted: z.boolean(),
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  isFlipped: z.boolean(),
  topLeft: position,
  bottomRight: position,
  pixelSize: position,
  isMillimetres: z.boolean(),
  marks: z
    .array(z.strictObject({ ...drawnShape, text: text.max(1024) }))
    .max(MAX_MARKS)
    .readonly(),
});

export const keyImageSchema = z.strictObject({
  ...imageReference,
  note: text.max(1024).optional(),
  presentation: presentationSchema.optional(),
});

export const reportMeasurementSchema = z.strictObject({
  ...drawnShape,
  trackingUuid: uuid,
  image: z.strictObject(imageReference),
  inSpace: z
    .strictObject({
      frameOfReferenceUid: text.regex(/^[\d.]{1,64}$/),
      points: z.array(inSpace).min(1).max(MOST_POINTS).readonly(),
      seenOn: seenPlanes.optional(),
    })
    .optional(),
  words: text.max(1024),
  numbers: z
    .array(
      z.strictObject({
        quantity: z.enum(MEASURED_QUANTITIES),
        value: z.number(),
        unit: text.max(64),
        points: z.array(position).max(MOST_POINTS).readonly().optional(),
      }),
    )
    .max(16)
    .readonly(),
});

const pixelValues = z.strictObject({
  count: z.number(),
  mean: z.number(),
  sd: z.number(),
  min: z.number(),
  max: z.number(),
});

/** What was drawn on the images, beside a draft: `shared/reporting/kept-drawing.ts`. */
export const keptDrawingsSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        id: uuid,
        image: z.strictObject(imageReference),
        kind: z.enum(DRAWING_KINDS),
        points: z.array(position).min(1).max(MOST_POINTS).readonly(),
        text: text.max(1024),
        pixels: z.union([pixelValues, inSpace]).optional(),
        knownMm: z.number().optional(),
        beforeId: uuid.optional(),
      }),
      z.strictObject({
        id: uuid,
        image: z.strictObject(imageReference),
        kind: z.literal('plane-length'),
        from: inSpace,
        to: inSpace,
        seenOn: seenPlanes,
      }),
    ]),
  )
  .max(MOST_DRAWINGS)
  .readonly();
