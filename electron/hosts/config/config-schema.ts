import { z } from 'zod';

import { macroSchema } from '#shared/contract/macro-calls.ts';
import { PRIORITIES } from '#shared/domain/priority.ts';
import { MOST_MACROS } from '#shared/reporting/macro.ts';

import { criticalSchema, inboxSchema, siteInboxSchema } from './critical-schema.ts';
import { groupSchema } from './group-schema.ts';
import { rightsShape } from './reader-schema.ts';
import { hubAccessSchema, hubAuthSchema } from './hub-schema.ts';
import { languageModelSchema } from './language-model-schema.ts';
import { imagesSchema } from './images-schema.ts';
import { returnSchema } from './return-schema.ts';
import { authSchema, secretSchema } from './secret-schema.ts';

const httpUrl = z.url({ protocol: /^https?$/ });
const port = z.int().min(0).max(65_535);
const minutes = z.int().min(1).max(100_000);

/** How the site's reports look on paper. */
const printSchema = z
  .strictObject({
    paper: z.enum(['A4', 'letter']).default('A4'),
    letterhead: z.array(z.string().max(200)).max(8).optional().describe('Lines at the head of the first page'),
    logo: z.string().min(1).optional().describe('Path of a PNG or JPEG file, above the lines'),
  })
  .default({ paper: 'A4' });

const siteSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1),
  region: z.string().optional().describe('ISO 3166-2, for licences'),
  dicomweb: z
    .strictObject({
      url: httpUrl,
      auth: authSchema.optional(),
      ca: secretSchema
        .optional()
        .describe('PEM of who signed the archive’s certificate; without it, whom this machine trusts'),
    })
    .optional(),
  orders: z
    .strictObject({
      hl7: z.strictObject({ listen: port }).optional(),
      fhir: z.strictObject({ url: httpUrl }).optional(),
      unordered: z.enum(['create', 'ignore']).default('create'),
    })
    .default({ unordered: 'create' }),
  return: z.array(returnSchema).default([]),
  acknowledgeWithinMinutes: minutes
    .optional()
    .describe('A signed report that the site has not acknowledged by then is an alarm; default 15'),
  undoSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('So long a signed report waits before it leaves, and its signer may take the signature back'),
  print: printSchema,
  turnaroundMinutes: z.partialRecord(z.enum(PRIORITIES), minutes).default({}),
  templates: z
    .array(z.strictObject({ exam: z.string().min(1), template: z.string().min(1) }))
    .optional()
    .describe(
      'Which template a report begins with: the code or the words of an exam, and the identifier of the template',
    ),
  critical: criticalSchema,
  inbox: siteInboxSchema,
});

/** The configuration file (SURFACE, Configuration). `build/config.schema.json` is made from this; a test keeps them equal. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  reader: z
    .strictObject({
      id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
      name: z.string().min(1).describe('DICOM person name, e.g. Lee^Dana'),
      pin: secretSchema.optional(),
      ...rightsShape,
    })
    .optional(),
  group: groupSchema.optional().describe('Readers who share one list'),
  macros: z
    .array(macroSchema)
    .max(MOST_MACROS)
    .optional()
    .describe(
      'Report macros of all readers: .name and Tab write the text; {age}, {sex}, {prior date} and {measurement} are filled in from the case',
    ),
  hub: z
    .strictObject({
      fhir: z
        .union([z.literal('embedded'), httpUrl])
        .describe(
          'Where a workstation finds the worklist. "embedded": in itself, with the gateway of the sites. An address: there, and the gateway of the sites ' +
            'runs with that hub (npm run hub with this file, or npm run gateway), not in the workstation, which then takes no orders, delivers nothing ' +
            'and opens no folders. Workstations and gateway must name the same sites.',
        ),
      auth: hubAuthSchema.optional().describe('For the address in fhir, and sent nowhere else'),
      access: hubAccessSchema.optional().describe('Whom npm run hub answers'),
    })
    .default({ fhir: 'embedded' }),
  inbox: inboxSchema,
  audit: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .describe(
          'Absolute or from this file; default "audit" beside the hub database, for npm run gateway beside this file',
        ),
    })
    .optional()
    .describe(
      'Where npm run hub and npm run gateway write the audit chain of their deliveries, critical results and inbox pages',
    ),
  images: imagesSchema,
  languageModel: languageModelSchema,
  sites: z
    .array(siteSchema)
    .default([])
    .refine((sites) => new Set(sites.map((site) => site.id)).size === sites.length, 'two sites have the same id'),
});

export type Config = z.output<typeof configSchema>;
export type { SecretReference } from './secret-schema.ts';
