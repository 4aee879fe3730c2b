import { z } from 'zod';

import { DRAWN_SHAPES, MEASURED_QUANTITIES } from '../reporting/measured-on-image.ts';

/** What a report says of images: the fields are those of `shared/reporting/report.ts`. */
const text = z.string();

/** A free hand draws a point a movement of the pointer; over this it is no hand. */
const MAX_POINTS = 20_000;
const MAX_MARKS = 500;

const position = z.tuple([z.number(), z.number()]).readonly();
const inSpace = z.tuple([z.number(), z.number(), z.number()]).readonly();
const seenPlane = z.strictObject({ right: inSpace, down: inSpace });
const drawnShape = {
  shape: z.enum(DRAWN_SHAPES),
  points: z.array(position).min(1).max(MAX_POINTS).readonly(),
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
  trackingUuid: text.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  image: z.strictObject(imageReference),
  inSpace: z
    .strictObject({
      frameOfReferenceUid: text.regex(/^[\d.]{1,64}$/),
      points: z.array(inSpace).min(1).max(MAX_POINTS).readonly(),
      seenOn: z
        .strictObject({
          name: z.enum(['axial', 'coronal', 'sagittal']),
          at: inSpace,
          planes: z.strictObject({ axial: seenPlane, coronal: seenPlane, sagittal: seenPlane }),
        })
        .optional(),
    })
    .optional(),
  words: text.max(1024),
  numbers: z
    .array(
      z.strictObject({
        quantity: z.enum(MEASURED_QUANTITIES),
        value: z.number(),
        unit: text.max(64),
        points: z.array(position).max(MAX_POINTS).readonly().optional(),
      }),
    )
    .max(16)
    .readonly(),
});
