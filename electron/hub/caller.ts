import { SITE_FACT } from './site-facts.ts';
import type { FhirReader, FhirStore, FhirWriter, SearchCondition, StoredVersion } from './ports.ts';
import { Refusal } from './refusal.ts';

/** Who asks, and what they may see. */
export interface Caller {
  /** The sites whose Tasks are theirs, with what hangs on them; `all`: the group itself. */
  readonly sites: 'all' | readonly string[];
  /** A reader claims in their own name only; absent for what is no reader, such as a gateway. */
  readonly readerId?: string;
}

/** Tells who asks by the credentials of the request. `away`: whoever could tell cannot be reached. */
export type Authenticate = (
  authorization: string | undefined,
) => Promise<{ readonly caller: Caller } | { readonly refusal: 'no-credentials' | 'not-valid' | 'away' }>;

/** Where nobody from outside comes in: the hub inside a workstation, or behind a loopback port. */
export const THE_GROUP: Caller = { sites: 'all' };

/** What has no site is the group's own, such as its readers and their places; a caller of some sites may look at it. */
const OPEN_TO_ALL = new Set([
  'Device',
  'Endpoint',
  'Location',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Schedule',
  'Slot',
]);

const forbidden = (): Refusal => new Refusal(403, 'forbidden', 'This is not for the sites of the caller.');

/** The same store with nothing in it but what the caller may see. */
export function storeFor(caller: Caller, store: FhirStore): FhirStore {
  if (caller.sites === 'all') return store;
  const { sites } = caller;
  return {
    ...readerFor(sites, store),
    transact: (work) => store.transact((writer) => work(writerFor(sites, writer))),
    takeFirst: (type, candidates, work) =>
      store.takeFirst(type, candidates, async (writer, current) => {
        const own = writerFor(sites, writer);
        return (await own.read(type, current.id)) === undefined ? undefined : work(own, current);
      }),
    onForeignWrite: (listener) => store.onForeignWrite(listener),
    close: () => store.close(),
  };
}

function readerFor(sites: readonly string[], reader: FhirReader): FhirReader {
  const within = (type: string): readonly SearchCondition[] =>
    OPEN_TO_ALL.has(type)
      ? []
      : [{ kind: 'token', code: SITE_FACT, anyOf: sites.map((value) => ({ value })), negated: false }];
  const isVisible = async (type: string, id: string): Promise<boolean> =>
    (await reader.count({ type, conditions: [{ kind: 'id', anyOf: [id] }, ...within(type)] })) > 0;
  const ifVisible = async (version: StoredVersion | undefined) =>
    version !== undefined && (await isVisible(version.type, version.id)) ? version : undefined;
  return {
    read: async (type, id) => ifVisible(await reader.read(type, id)),
    readVersion: async (type, id, version) => ifVisible(await reader.readVersion(type, id, version)),
    history: async (type, id, count) => ((await isVisible(type, id)) ? reader.history(type, id, count) : []),
    search: (query) => reader.search({ ...query, conditions: [...within(query.type), ...query.conditions] }),
    count: (query) => reader.count({ ...query, conditions: [...within(query.type), ...query.conditions] }),
  };
}

function writerFor(sites: readonly string[], writer: FhirWriter): FhirWriter {
  return {
    ...readerFor(sites, writer),
    write: async (version, index) => {
      // A deletion was read by its caller before; what is put under an id that is taken was not.
      if (version.version === 1 && (await writer.read(version.type, version.id)) !== undefined) throw forbidden();
      const own = index.flatMap(({ code, value }) => (code === SITE_FACT && value !== undefined ? [value] : []));
      if (!version.deleted && (own.length === 0 || own.some((site) => !sites.includes(site)))) throw forbidden();
      await writer.write(version, index);
    },
  };
}
