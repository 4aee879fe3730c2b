import { z } from 'zod';

import { CHANNEL_KINDS, DELIVERY_STATES, SETTLEMENTS } from '../domain/delivery.ts';
import { OPENED_TYPES } from '../documents/read-document.ts';
import { NOTE_KINDS } from '../domain/notes.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { identitySchema, recordElsewhereSchema } from './identity-calls.ts';
import { keptDrawingsSchema, keyImageSchema, reportMeasurementSchema } from './report-image-schemas.ts';
import { REQUISITION_GRADES } from '../domain/requisition-grade.ts';
import { REPORT_STATES } from '../reporting/report-state.ts';

/** Shapes that several calls share. Field meanings are documented on the domain types of the same name. */
const text = z.string();
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional();
export const epochMs = z.number();

export const patientSchema = z.strictObject({
  id: text,
  mrn: text,
  name: text,
  sex: z.enum(['M', 'F', 'O', 'unknown']),
  birthDate: maybe(text),
  issuer: maybe(text),
  otherNames: maybe(z.array(text).readonly()),
  otherNumbers: maybe(z.array(z.strictObject({ mrn: text, issuer: maybe(text) })).readonly()),
});

export const examSchema = z.strictObject({
  text,
  code: maybe(text),
  codeSystem: maybe(text),
  modality: maybe(text),
  bodyPart: maybe(text),
  laterality: maybe(z.enum(['left', 'right', 'bilateral'])),
  contrast: maybe(z.boolean()),
});

const priorSchema = z.strictObject({
  studyInstanceUid: maybe(text),
  description: text,
  modality: maybe(text),
  date: maybe(text),
  hasReport: z.boolean(),
  at: maybe(z.strictObject({ siteId: text, siteName: text })),
});

const claimSchema = z.strictObject({
  radiologistId: text,
  radiologistName: text,
  since: epochMs,
  leaseUntil: epochMs,
});

export const patientClassSchema = z.enum(['emergency', 'icu', 'inpatient', 'outpatient']);

/** Row of the worklist: a reading task plus its place in this reader's order, with reasons. */
/** An emergency that nobody free may read, and the case to set aside for it. */
export const interruptionSchema = z.strictObject({
  taskId: z.string(),
  examText: z.string(),
  modality: z.string().optional(),
  siteName: z.string(),
  standsAs: z.enum(PRIORITIES),
  dueAt: epochMs,
  openExamText: z.string(),
  openStandsAs: z.enum(PRIORITIES),
});
export type Interruption = z.output<typeof interruptionSchema>;

export const worklistRowSchema = z.strictObject({
  taskId: text,
  state: z.enum(['ordered', 'ready', 'claimed', 'completed', 'cancelled']),
  siteId: text,
  siteName: text,
  accessionNumber: maybe(text),
  patient: patientSchema,
  exam: examSchema,
  priority: z.enum(PRIORITIES),
  patientClass: maybe(patientClassSchema),
  location: maybe(text),
  reason: maybe(text),
  priorCount: z.number(),
  instanceCount: maybe(z.number()),
  authoredOn: epochMs,
  dueAt: maybe(epochMs),
  claim: maybe(claimSchema),
  /** Held by the reader of this workstation. */
  mine: z.boolean(),
  /** Reasons this reader may not read it; empty when they may. */
  ineligible: z.array(text),
  /** What about the order cannot be right, in words; it stands where its stated priority puts it, or higher. */
  warnings: z.array(text),
  /** The patient lies on the table until somebody has looked. */
  isPatientWaiting: z.boolean(),
  isEscalated: z.boolean(),
  /** The higher class it stands in because of such facts. */
  standsAs: maybe(z.enum(PRIORITIES)),
  /** "Read next" passes it over for now, though this reader may read it. */
  isHeldBack: z.boolean(),
  /** Since when its clock stands still, and for what. */
  waiting: maybe(z.strictObject({ since: epochMs, reason: text })),
  /** Why this reader has declined it. */
  declined: maybe(text),
  /** PS3.5 PN of the reader who handed it to this one. */
  handedOverBy: maybe(text),
  /** How soon images would show: cached, or seconds at the measured speed; undefined when not known. */
  opens: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('now') }),
    z.strictObject({ kind: z.literal('seconds'), seconds: z.number() }),
    z.strictObject({ kind: z.literal('unknown') }),
  ]),
});

const valueSource = z.enum(['default', 'typed', 'dictated', 'macro', 'measurement', 'prior', 'order', 'proposed']);
const sectionRole = z.enum(['indication', 'technique', 'comparison', 'findings', 'impression', 'other']);

/** Longest text of one section or field: far over any report, far under what would hurt. */
const MAX_TEXT = 200_000;

const fieldCodeSchema = z.strictObject({ value: text.max(200), scheme: text.max(200), meaning: text.max(1000) });
const fieldOptionSchema = z.strictObject({
  value: text,
  label: text,
  codes: maybe(z.array(fieldCodeSchema).readonly()),
});

export const reportBodySchema = z.strictObject({
  templateId: text,
  title: text,
  sections: z.array(
    z.strictObject({
      id: text,
      title: text,
      role: sectionRole,
      text: text.max(MAX_TEXT),
      textSource: valueSource,
      textAt: maybe(epochMs),
      fields: z.array(
        z.strictObject({
          id: text,
          label: text,
          kind: maybe(z.enum(['date', 'laterality'])),
          entry: maybe(z.strictObject({ groupId: text, label: text, key: z.int().min(1), fieldId: text })),
          unit: maybe(text),
          value: text.max(MAX_TEXT),
          source: valueSource,
          at: maybe(epochMs),
          codes: maybe(z.array(fieldCodeSchema).readonly()),
          options: maybe(z.array(fieldOptionSchema).readonly()),
        }),
      ),
    }),
  ),
  keyImages: maybe(z.array(keyImageSchema)),
  measurements: maybe(z.array(reportMeasurementSchema).max(500)),
  scores: maybe(
    z
      .array(
        z.strictObject({
          system: text.max(100),
          title: text.max(200),
          version: text.max(100),
          source: text.max(1000),
          category: text.max(500),
          meaning: text.max(2000),
          advice: maybe(text.max(2000)),
          sentence: text.max(10_000),
          inputs: z
            .array(
              z.strictObject({
                id: text.max(100),
                label: text.max(500),
                number: maybe(z.number()),
                unit: maybe(text.max(100)),
                choices: maybe(z.array(z.strictObject({ id: text.max(100), label: text.max(500) })).max(100)),
              }),
            )
            .max(100),
        }),
      )
      .max(100),
  ),
});

export const saveAnswerSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('saved'), revision: z.number(), savedAt: epochMs }),
  /** Another window saved in between: nothing was overwritten. */
  z.strictObject({ status: z.literal('stale'), revision: z.number() }),
  z.strictObject({ status: z.literal('wrong-context') }),
  /** Disk full or read-only: the text is only in the window. */
  z.strictObject({ status: z.literal('not-saved'), reason: text }),
]);

const templateFieldSchema = z.strictObject({
  id: text,
  label: text,
  kind: z.enum(['text', 'choice', 'number', 'date', 'laterality']),
  unit: maybe(text),
  options: maybe(z.array(fieldOptionSchema)),
  min: maybe(z.number()),
  max: maybe(z.number()),
  required: z.boolean(),
  defaultValue: text,
  codes: maybe(z.array(fieldCodeSchema).readonly()),
});

export const templateSchema = z.strictObject({
  id: text,
  title: text,
  language: text,
  modalities: z.array(text),
  bodyParts: z.array(text),
  contrast: maybe(z.boolean()),
  sections: z.array(
    z.strictObject({
      id: text,
      title: text,
      role: sectionRole,
      defaultText: text,
      fields: z.array(templateFieldSchema),
      groups: maybe(z.array(z.strictObject({ id: text, label: text, fields: z.array(templateFieldSchema) }))),
    }),
  ),
});

export const noteFactSchema = z.strictObject({
  kind: z.enum(NOTE_KINDS),
  label: text,
  text,
  code: maybe(text),
  abnormal: maybe(z.boolean()),
  at: maybe(epochMs),
  source: text,
  studyInstanceUid: maybe(text),
  picture: maybe(z.strictObject({ contentType: z.enum(OPENED_TYPES), of: maybe(text), data: maybe(text) })),
});

export const complaintSchema = z.strictObject({
  code: text,
  severity: z.enum(['stop', 'warn']),
  section: maybe(text),
  quote: maybe(text),
  message: text,
  fix: maybe(text),
});

export const deliverySchema = z.strictObject({
  id: text,
  version: text,
  reportId: text,
  taskId: text,
  siteId: text,
  siteName: text,
  accessionNumber: maybe(text),
  examText: text,
  patientName: text,
  patientId: maybe(text),
  reportVersion: maybe(z.number()),
  channel: z.enum(CHANNEL_KINDS),
  channelIndex: z.number(),
  state: z.enum(DELIVERY_STATES),
  signedAt: epochMs,
  attempts: z.number(),
  notBefore: epochMs,
  sentAt: maybe(epochMs),
  acknowledgedAt: maybe(epochMs),
  acknowledgement: maybe(text),
  problem: maybe(text),
  tries: maybe(
    z
      .array(
        z.strictObject({
          at: epochMs,
          outcome: z.enum(['accepted', 'not-taken', 'unknown', 'refused']),
          code: maybe(text),
        }),
      )
      .readonly(),
  ),
  answer: maybe(text),
  openedAt: maybe(epochMs),
  openedBy: maybe(text),
  settlement: maybe(z.strictObject({ how: z.enum(SETTLEMENTS), by: text, at: epochMs })),
  /** Ours to the site, and the site's back to us; absent right after signing. */
  legs: maybe(
    z.strictObject({
      processing: z.enum(['held', 'queued', 'sending', 'sent', 'stopped']),
      acknowledgement: z.enum(['none', 'awaited', 'unknown', 'accepted', 'refused']),
    }),
  ),
  /** After this an open delivery is an alarm. */
  acknowledgeBy: maybe(epochMs),
  /** The site's other return channels, where this report may go instead. */
  otherChannels: maybe(
    z.array(z.strictObject({ channelIndex: z.number(), channel: z.enum(CHANNEL_KINDS) })).readonly(),
  ),
});

/** Everything the reading screen needs at once; images come over /pixels. */
export const openCaseSchema = z.strictObject({
  taskId: text,
  contextKey: text,
  /** The Task version our claim was granted with or last renewed to. */
  fence: text,
  leaseUntil: epochMs,
  /** False for a case opened only to look: signed, or held by another. */
  canReport: z.boolean(),
  /** The newest signed version, where there is one: looked at, it is what the report panel shows. */
  signed: maybe(
    z.strictObject({
      reportUuid: text,
      version: z.number(),
      state: z.enum(REPORT_STATES),
      signedBy: text,
      signedById: text,
      signedAt: epochMs,
    }),
  ),
  row: worklistRowSchema,
  orderedBy: maybe(text),
  studies: z.array(
    z.strictObject({
      studyInstanceUid: text,
      role: z.enum(['current', 'prior']),
      description: text,
      modality: maybe(text),
      date: maybe(text),
      /** SOP Instance UIDs that came after the reading was signed and were not looked at. */
      lateImages: maybe(z.array(text)),
    }),
  ),
  priors: z.array(priorSchema),
  priorsAskedAt: maybe(epochMs),
  /** Records of other sites or issuers that are, or may be, of the same person. */
  elsewhere: z.array(recordElsewhereSchema),
  /** A reader's own grade of the request. */
  requisitionGrade: maybe(
    z.strictObject({ grade: z.enum(REQUISITION_GRADES), by: text, byName: text, at: epochMs, reason: text }),
  ),
  identity: identitySchema,
  notes: z.strictObject({ facts: z.array(noteFactSchema), missing: z.array(z.enum(NOTE_KINDS)) }),
  /** Another reader wrote it first, and this one signs it with an attestation. */
  attests: maybe(
    z.strictObject({
      firstReader: text,
      state: z.enum(['draft', 'preliminary']),
      /** What they wrote. */
      before: reportBodySchema,
      /** The sentence for a text that says the same, and for one that was changed. */
      unchanged: text,
      changed: text,
    }),
  ),
  template: templateSchema,
  draft: z.strictObject({
    revision: z.number(),
    savedAt: maybe(epochMs),
    body: reportBodySchema,
    /** What was drawn on the images of the case. */
    drawings: maybe(keptDrawingsSchema),
    /** Another reader began it and handed it over with the reading. */
    handedBy: maybe(text),
  }),
});

export type WorklistRow = z.output<typeof worklistRowSchema>;
export type OpenCase = z.output<typeof openCaseSchema>;

/** The case that is likely opened next: what a window needs to have its images ready, and nothing that names the patient. */
export const nextCaseSchema = z.strictObject({
  taskId: text,
  contextKey: z.string(),
  studies: openCaseSchema.shape.studies,
  /** False: only its metadata is worth asking for now, the images are still at the site. */
  areImagesHere: z.boolean(),
});

export type NextCase = z.output<typeof nextCaseSchema>;
export type DeliveryView = z.output<typeof deliverySchema>;
