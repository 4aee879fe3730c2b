import type { EpochMs } from '#shared/kernel/clock.ts';

/** One version of one resource. `body` is its JSON text, `meta` included; empty when this version is a deletion. */
export interface StoredVersion {
  readonly type: string;
  readonly id: string;
  /** 1, 2, 3 … per resource, deletions counted. */
  readonly version: number;
  readonly at: EpochMs;
  readonly deleted: boolean;
  readonly body: string;
}

/** One searchable fact of a resource under one search parameter. */
export interface IndexEntry {
  /** The search parameter's code; `owner:identifier` for the identifier inside a reference. */
  readonly code: string;
  readonly system?: string;
  /** Token code, reference `Type/id`, uri, or lower-case text without accents. */
  readonly value?: string;
  /** Dates as intervals: first and last millisecond. */
  readonly low?: number;
  readonly high?: number;
}

export type DatePrefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb';

/** Conditions of one search, all to be met; inside a condition any one alternative is enough. */
export type SearchCondition =
  | { readonly kind: 'id'; readonly anyOf: readonly string[] }
  | { readonly kind: 'updated'; readonly anyOf: readonly DateCondition[] }
  | {
      readonly kind: 'token';
      readonly code: string;
      readonly anyOf: readonly TokenCondition[];
      readonly negated: boolean;
    }
  | { readonly kind: 'reference'; readonly code: string; readonly anyOf: readonly string[] }
  | { readonly kind: 'uri'; readonly code: string; readonly anyOf: readonly string[] }
  | {
      readonly kind: 'string';
      readonly code: string;
      readonly anyOf: readonly string[];
      readonly match: 'starts' | 'contains';
    }
  | { readonly kind: 'date'; readonly code: string; readonly anyOf: readonly DateCondition[] }
  | { readonly kind: 'missing'; readonly code: string; readonly missing: boolean };

/** `system`: undefined any, empty none. `value`: undefined any. */
export interface TokenCondition {
  readonly system?: string;
  readonly value?: string;
}

export interface DateCondition {
  readonly prefix: DatePrefix;
  readonly low: number;
  readonly high: number;
}

export interface SearchOrder {
  /** A search parameter's code, `_id` or `_lastUpdated`. */
  readonly code: string;
  readonly descending: boolean;
}

export interface SearchQuery {
  readonly type: string;
  readonly conditions: readonly SearchCondition[];
  /** Empty: the order of first creation, which never changes, so that pages neither skip nor repeat. */
  readonly order: readonly SearchOrder[];
  readonly count: number;
  /** Where the page before ended, as that page said. */
  readonly cursor?: string;
}

export interface SearchPage {
  readonly matches: readonly StoredVersion[];
  /** Absent on the last page. */
  readonly next?: string;
}

export interface FhirReader {
  /** The newest version, a deletion included. */
  read(type: string, id: string): Promise<StoredVersion | undefined>;
  readVersion(type: string, id: string, version: number): Promise<StoredVersion | undefined>;
  /** Newest first. */
  history(type: string, id: string, count: number): Promise<readonly StoredVersion[]>;
  search(query: SearchQuery): Promise<SearchPage>;
  count(query: Pick<SearchQuery, 'type' | 'conditions'>): Promise<number>;
}

export interface FhirWriter extends FhirReader {
  /** Adds a version. Throws unless `version` is one more than the newest (0 when there is none). */
  write(version: StoredVersion, index: readonly IndexEntry[]): Promise<void>;
}

/** Where the hub keeps its resources. Every implementation passes `describeFhirStore` (tests/contract). */
export interface FhirStore extends FhirReader {
  /**
   * Runs `work` alone: transactions follow one another as if there were no others (serialisable), and what is written
   * is durable once the promise resolves. When `work` throws nothing is kept and the error comes out.
   */
  transact<Outcome>(work: (writer: FhirWriter) => Promise<Outcome>): Promise<Outcome>;
  /**
   * Runs `work` on one candidate after another until it answers something: that is kept. Candidates that are no longer of the version named, and those that
   * someone else is just taking, are passed over: nobody waits for another's claim. Undefined when none was taken; then nothing is kept.
   */
  takeFirst<Outcome>(
    type: string,
    candidates: readonly Candidate[],
    work: (writer: FhirWriter, current: StoredVersion) => Promise<Outcome | undefined>,
  ): Promise<Outcome | undefined>;
  /** Tells of what other hubs on the same database wrote, once it is durable; the answer ends it. Undefined: something may have been missed. */
  onForeignWrite(listener: (written: WrittenVersion | undefined) => void): () => void;
  close(): Promise<void>;
}

/** A resource at the version that was looked at. */
export interface Candidate {
  readonly id: string;
  readonly version: number;
}

export type WrittenVersion = Pick<StoredVersion, 'type' | 'id' | 'version'>;

/** The database cannot be reached: thrown before anything was written. */
export class StoreAway extends Error {
  constructor() {
    super('the database cannot be reached');
    this.name = 'StoreAway';
  }
}

/** The parts of the FHIR R4 specification that the hub checks resources against. */
export interface FhirDefinitions {
  /** StructureDefinitions of the data types and of the resource types that are served. */
  readonly structures: readonly object[];
  /** SearchParameters of the resource types that are served. */
  readonly searchParameters: readonly object[];
  /** Codes by canonical URL of each value set with a required binding that can be listed. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
}
