import type { FhirStore, FhirWriter, StoredVersion } from './ports.ts';

/** The same store, telling of every version once the transaction that wrote it is durable. */
export function watchStore(store: FhirStore, tell: (version: StoredVersion) => void): FhirStore {
  const noting = (writer: FhirWriter, written: StoredVersion[]): FhirWriter => ({
    read: (type, id) => writer.read(type, id),
    readVersion: (type, id, version) => writer.readVersion(type, id, version),
    history: (type, id, count) => writer.history(type, id, count),
    search: (query) => writer.search(query),
    count: (query) => writer.count(query),
    write: async (version, index) => {
      await writer.write(version, index);
      written.push(version);
    },
  });
  return {
    read: (type, id) => store.read(type, id),
    readVersion: (type, id, version) => store.readVersion(type, id, version),
    history: (type, id, count) => store.history(type, id, count),
    search: (query) => store.search(query),
    count: (query) => store.count(query),
    onForeignWrite: (listener) => store.onForeignWrite(listener),
    close: () => store.close(),
    transact: async (work) => {
      const written: StoredVersion[] = [];
      const outcome = await store.transact((writer) => work(noting(writer, written)));
      written.forEach(tell);
      return outcome;
    },
    takeFirst: async (type, candidates, work) => {
      const written: StoredVersion[] = [];
      const outcome = await store.takeFirst(type, candidates, (writer, current) =>
        work(noting(writer, written), current),
      );
      written.forEach(tell);
      return outcome;
    },
  };
}
