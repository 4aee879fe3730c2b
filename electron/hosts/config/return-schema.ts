import { resolve } from 'node:path';

import { z } from 'zod';

import type { BasicAuth, ReturnChannel, SiteCredentials, TlsIdentity } from '#shared/domain/site.ts';
import { fieldPosition, FIELD_FACTS, unknownFacts } from '#shared/hl7/map-fields.ts';
import {
  ORU_CHARSETS,
  ORU_CONTENTS,
  ORU_LINES,
  ORU_VALUES,
  ORU_VERSIONS,
  USUAL_ORU_FORMAT,
  type OruFormat,
} from '#shared/hl7/oru-format.ts';

import { authSchema, secretSchema, type SecretReference } from './secret-schema.ts';

const httpUrl = z.url({ protocol: /^https?$/ });
const port = z.int().min(1).max(65_535);
const address = z.string().regex(/^[^\s@<>,]+@[^\s@<>,]+$/, 'an e-mail address');

const tlsSchema = z
  .strictObject({
    ca: secretSchema
      .optional()
      .describe('PEM of who signed the site’s certificate; without it, whom this machine trusts'),
    certificate: secretSchema.optional().describe('PEM of our own certificate, for mutual TLS'),
    key: secretSchema.optional().describe('PEM of its key'),
    serverName: z.string().min(1).optional().describe('Name in the site’s certificate where it is not the host'),
  })
  .refine(({ certificate, key }) => (certificate === undefined) === (key === undefined), {
    error: 'certificate and key go together',
  });

const fieldsSchema = z
  .record(z.string(), z.string())
  .describe(
    `Fields written from a pattern instead of our own value: {"MSH-5": "RIS", "OBR-18": "", "ZRP-1": "{accession}"}. Facts: ${FIELD_FACTS.join(', ')}`,
  )
  .superRefine((fields, context) => {
    for (const [position, pattern] of Object.entries(fields)) {
      if (fieldPosition(position) === undefined) context.addIssue(`${position} is no field that can be mapped`);
      for (const name of unknownFacts(pattern)) context.addIssue(`${position}: {${name}} is no fact of a report`);
    }
  });

const hl7Schema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(0).max(65_535),
  tls: tlsSchema.optional().describe('MLLP over TLS; with certificate and key, mutual'),
  version: z.enum(ORU_VERSIONS).optional().describe('Default 2.5.1'),
  charset: z.enum(ORU_CHARSETS).optional().describe('MSH-18; default UNICODE UTF-8'),
  content: z.enum(ORU_CONTENTS).optional().describe('Sections as text, the print as ED, or both (default)'),
  values: z
    .enum(ORU_VALUES)
    .optional()
    .describe('Dates, sides, coded fields and entries of groups also in an OBX each (default), or only in the text'),
  lines: z.enum(ORU_LINES).optional().describe('A section in one FT (default), or a TX for every line'),
  longestText: z.int().min(40).max(1_000_000).optional().describe('Longest OBX-5 in characters; default 32000'),
  fields: fieldsSchema.optional(),
  codes: z.record(z.string(), z.string()).optional().describe('OBX-3 by our code: {"59776-5": "GDT^Findings^L"}'),
  questions: z
    .boolean()
    .optional()
    .describe('Readers’ questions go here as MDM^T02, where the site has no FHIR server; default false'),
});

const mailSchema = z.strictObject({
  to: z.array(address).min(1),
  from: address,
  server: z.strictObject({
    host: z.string().min(1),
    port,
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    ca: secretSchema.optional(),
    auth: authSchema.optional(),
  }),
  link: httpUrl.optional().describe('Where the reader of the notice finds the report'),
});

/** A way home for signed reports (SURFACE, Configuration). */
export const returnSchema = z.union([
  z.strictObject({ hl7: hl7Schema }),
  z.strictObject({ stow: z.strictObject({}) }),
  z.strictObject({
    fhir: z.strictObject({
      url: httpUrl.optional(),
      auth: z
        .union([authSchema, z.strictObject({ bearer: secretSchema })])
        .optional()
        .describe('For the site’s FHIR server'),
      as: z.enum(['report', 'document']).optional().describe('A DiagnosticReport (default) or a document Bundle'),
    }),
  }),
  z.strictObject({ folder: z.strictObject({ path: z.string().min(1) }) }),
  z.strictObject({ inbox: z.strictObject({}) }).describe("The site's own inbox page; needs `inbox` at the top"),
  z.strictObject({ mail: mailSchema.describe('A notice without content') }),
]);
type ReturnConfig = z.output<typeof returnSchema>;

export interface ReturnSurroundings {
  readonly siteId: string;
  readonly hasArchive: boolean;
  readonly ordersFhirUrl: string | undefined;
  /** Folder of the configuration file. */
  readonly folder: string;
  readonly secret: (reference: SecretReference) => string;
}

/** Throws with a line for the person who wrote the file. */
export function toReturnChannel(channel: ReturnConfig, around: ReturnSurroundings): ReturnChannel {
  const { siteId, secret } = around;
  if ('hl7' in channel) return toHl7Channel(channel.hl7, secret);
  if ('stow' in channel) {
    if (!around.hasArchive) throw new Error(`site ${siteId}: return by stow needs dicomweb.url`);
    return { kind: 'stow' };
  }
  if ('inbox' in channel) return { kind: 'inbox' };
  if ('folder' in channel) return { kind: 'folder', path: resolve(around.folder, channel.folder.path) };
  if ('mail' in channel) return toMailChannel(channel.mail, secret);
  const { auth, as } = channel.fhir;
  const url = channel.fhir.url ?? around.ordersFhirUrl;
  if (url === undefined) throw new Error(`site ${siteId}: return by fhir needs its url or orders.fhir.url`);
  return {
    kind: 'fhir',
    url,
    ...(auth === undefined ? {} : { auth: credentials(auth, secret) }),
    ...(as === undefined ? {} : { as }),
  };
}

type Secret = ReturnSurroundings['secret'];

function toHl7Channel(
  { host, port: number, tls, questions, ...format }: z.output<typeof hl7Schema>,
  secret: Secret,
): ReturnChannel {
  const isUsual = Object.values(format).every((each) => each === undefined);
  const own = Object.fromEntries(Object.entries(format).filter(([, value]) => value !== undefined));
  return {
    kind: 'hl7',
    host,
    port: number,
    ...(tls === undefined ? {} : { tls: toIdentity(tls, secret) }),
    ...(questions === true ? { takesQuestions: true } : {}),
    ...(isUsual ? {} : { format: { ...USUAL_ORU_FORMAT, ...(own as Partial<OruFormat>) } }),
  };
}

const toIdentity = ({ ca, certificate, key, serverName }: z.output<typeof tlsSchema>, secret: Secret): TlsIdentity => ({
  ...(ca === undefined ? {} : { ca: secret(ca) }),
  ...(certificate === undefined ? {} : { certificate: secret(certificate) }),
  ...(key === undefined ? {} : { key: secret(key) }),
  ...(serverName === undefined ? {} : { serverName }),
});

function toMailChannel({ server, link, ...mail }: z.output<typeof mailSchema>, secret: Secret): ReturnChannel {
  const { auth, ca, ...place } = server;
  return {
    kind: 'mail',
    ...mail,
    ...(link === undefined ? {} : { link }),
    server: {
      ...place,
      ...(ca === undefined ? {} : { ca: secret(ca) }),
      ...(auth === undefined ? {} : { auth: basic(auth, secret) }),
    },
  };
}

const basic = ({ basic: { user, password } }: z.output<typeof authSchema>, secret: Secret): BasicAuth => ({
  user,
  password: secret(password),
});

const credentials = (
  auth: z.output<typeof authSchema> | { readonly bearer: SecretReference },
  secret: Secret,
): SiteCredentials => ('bearer' in auth ? { bearer: secret(auth.bearer) } : basic(auth, secret));
