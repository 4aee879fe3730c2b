import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { LanguageModelSettings } from '#electron/adapters/language-model/create-language-model.ts';
import type { ReadingGroup } from '#shared/domain/group.ts';
import type { z } from 'zod';

import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { Shift } from '#shared/domain/shift.ts';
import type { BasicAuth, ReportPaper, Site } from '#shared/domain/site.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';
import type { Macro } from '#shared/reporting/macro.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

import { configSchema, type Config, type SecretReference } from './config-schema.ts';
import { toReturnChannel } from './return-schema.ts';
import { toCriticalRules, toInboxRules } from './critical-schema.ts';
import { toRadiologist } from './reader-schema.ts';
import { toGroup, toRoster } from './group-schema.ts';
import { toImageSettings, type ImageSettings } from './images-schema.ts';
import { toLanguageModel } from './language-model-schema.ts';
import { toHubAccess, toHubAuth, type HubAccess, type HubAuth } from './hub-schema.ts';

/** The configuration with every secret resolved: lives in the back half only. */
export interface LoadedConfig {
  readonly reader?: Radiologist & { readonly pin?: string };
  readonly hub:
    | { readonly kind: 'embedded' }
    | { readonly kind: 'remote'; readonly url: string; readonly auth?: HubAuth };
  /** Throws when a secret of it is missing: only the hub needs them. Undefined: the hub answers whoever reaches it on this machine. */
  readonly hubAccess: () => HubAccess | undefined;
  readonly sites: readonly Site[];
  readonly group?: ReadingGroup;
  readonly roster?: readonly Shift[];
  /** Report macros of all readers. */
  readonly macros?: readonly Macro[];
  readonly images?: ImageSettings;
  /** Absent: no language model is ever asked. */
  readonly languageModel?: LanguageModelSettings;
  /** Where the sites' inbox pages are served; absent: nowhere. */
  readonly inbox?: { readonly listen: number; readonly url?: string };
  /** Where the gateway of a hub, or one alone, writes its audit chain. */
  readonly auditFolder?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The refusal is one line for the person who wrote the file. */
export function loadConfig(path: string, environment: Environment): Result<LoadedConfig, string> {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return err(`cannot read configuration ${path}: ${error instanceof Error ? error.message : 'not JSON'}`);
  }
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { place, message } = issue === undefined ? { place: [], message: 'invalid' } : deepest(issue);
    return err(`configuration ${path}: ${place.join('.') || 'top level'}: ${message}`);
  }
  try {
    return ok(resolveSecrets(parsed.data, dirname(resolve(path)), environment));
  } catch (error) {
    return err(`configuration ${path}: ${error instanceof Error ? error.message : 'invalid'}`);
  }
}

/** Of the alternatives of a union the one that was meant: its complaint lies deepest. */
function deepest(issue: z.core.$ZodIssue): { readonly place: readonly PropertyKey[]; readonly message: string } {
  const alternatives = issue.code === 'invalid_union' ? issue.errors.flatMap(([first]) => first ?? []) : [];
  const [best] = alternatives
    .map(deepest)
    .filter(({ place }) => place.length > 1)
    .toSorted((one, other) => other.place.length - one.place.length);
  if (best === undefined) return { place: issue.path, message: issue.message };
  return { place: [...issue.path, ...best.place], message: best.message };
}

function resolveSecrets(config: Config, folder: string, environment: Environment): LoadedConfig {
  const secret = (reference: SecretReference): string => {
    if ('env' in reference) {
      const value = environment[reference.env];
      if (value === undefined || value === '') throw new Error(`environment variable ${reference.env} is not set`);
      return value;
    }
    return readFileSync(resolve(folder, reference.file), 'utf8').trim();
  };
  const basic = (auth: { basic: { user: string; password: SecretReference } }): BasicAuth => ({
    user: auth.basic.user,
    password: secret(auth.basic.password),
  });
  const { reader, hub } = config;
  return {
    ...(reader === undefined
      ? {}
      : {
          reader: {
            ...toRadiologist(reader),
            ...(reader.pin === undefined ? {} : { pin: secret(reader.pin) }),
          },
        }),
    ...(config.macros === undefined ? {} : { macros: config.macros }),
    ...(config.group === undefined ? {} : { group: toGroup(config.group), roster: toRoster(config.group) }),
    hub:
      hub.fhir === 'embedded'
        ? { kind: 'embedded' }
        : { kind: 'remote', url: hub.fhir, ...(hub.auth === undefined ? {} : { auth: toHubAuth(hub.auth, secret) }) },
    images: toImageSettings(config.images),
    ...(config.languageModel === undefined ? {} : { languageModel: toLanguageModel(config.languageModel, secret) }),
    hubAccess: () => (hub.access === undefined ? undefined : toHubAccess(hub.access, secret)),
    ...(config.inbox === undefined
      ? {}
      : {
          inbox: {
            listen: config.inbox.listen,
            ...(config.inbox.url === undefined ? {} : { url: config.inbox.url }),
          },
        }),
    ...(config.audit === undefined ? {} : { auditFolder: resolve(folder, config.audit.folder) }),
    sites: config.sites.map((site) => toSite(site, folder, basic, secret)),
  };
}

function toSite(
  site: Config['sites'][number],
  folder: string,
  basic: (auth: { basic: { user: string; password: SecretReference } }) => BasicAuth,
  secret: (reference: SecretReference) => string,
): Site {
  const { dicomweb, orders } = site;
  return {
    id: site.id as SiteId,
    name: site.name,
    ...(site.region === undefined ? {} : { region: site.region }),
    ...(dicomweb === undefined
      ? {}
      : {
          dicomweb: {
            url: dicomweb.url,
            ...(dicomweb.auth === undefined ? {} : { auth: basic(dicomweb.auth) }),
            ...(dicomweb.ca === undefined ? {} : { ca: secret(dicomweb.ca) }),
          },
        }),
    orders: {
      unordered: orders.unordered,
      ...(orders.hl7 === undefined ? {} : { hl7ListenPort: orders.hl7.listen }),
      ...(orders.fhir === undefined ? {} : { fhirUrl: orders.fhir.url }),
    },
    returns: site.return.map((channel) =>
      toReturnChannel(channel, {
        siteId: site.id,
        hasArchive: dicomweb !== undefined,
        ordersFhirUrl: orders.fhir?.url,
        folder,
        secret,
      }),
    ),
    undoMs: site.undoSeconds * SECOND_MS,
    print: toPaper(site.print, folder),
    ...(site.acknowledgeWithinMinutes === undefined ? {} : { acknowledgeWithinMinutes: site.acknowledgeWithinMinutes }),
    turnaroundMinutes: site.turnaroundMinutes as Site['turnaroundMinutes'],
    ...(site.templates === undefined ? {} : { templates: site.templates }),
    ...(site.critical === undefined ? {} : { critical: toCriticalRules(site.critical) }),
    ...(site.inbox === undefined ? {} : { inbox: toInboxRules(site.inbox) }),
  };
}

/** The logo is read at the start: a file that is not there or no picture is said then, not at the first report. */
function toPaper({ paper, letterhead, logo }: Config['sites'][number]['print'], folder: string): ReportPaper {
  const picture = logo === undefined ? undefined : new Uint8Array(readFileSync(resolve(folder, logo)));
  if (picture !== undefined && !isPicture(picture)) throw new Error(`print.logo ${logo ?? ''} is neither PNG nor JPEG`);
  return {
    size: paper === 'letter' ? 'LETTER' : 'A4',
    ...(letterhead === undefined ? {} : { letterhead }),
    ...(picture === undefined ? {} : { logo: picture }),
  };
}

const isPicture = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x89 && bytes[1] === 0x50) || (bytes[0] === 0xff && bytes[1] === 0xd8);
