/**
 * One row a resource, one row a version, one row a searchable fact. `status` and `authored_on` stand as columns because
 * the worklist asks for the open Tasks in order of age, every few seconds, from every workstation.
 */
export const FHIR_MIGRATIONS: readonly string[] = [
  `CREATE TABLE resource (
     key INTEGER PRIMARY KEY,
     type TEXT NOT NULL,
     id TEXT NOT NULL,
     version INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     deleted INTEGER NOT NULL,
     status TEXT,
     authored_on INTEGER,
     UNIQUE (type, id)
   );
   CREATE INDEX resource_status ON resource (type, status, authored_on) WHERE deleted = 0;
   CREATE INDEX resource_updated ON resource (type, updated_at) WHERE deleted = 0;
   CREATE TABLE version (
     key INTEGER NOT NULL REFERENCES resource (key),
     version INTEGER NOT NULL,
     at INTEGER NOT NULL,
     deleted INTEGER NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (key, version)
   );
   CREATE TABLE fact (
     key INTEGER NOT NULL REFERENCES resource (key),
     param TEXT NOT NULL,
     system TEXT,
     value TEXT,
     low INTEGER,
     high INTEGER
   );
   CREATE INDEX fact_value ON fact (param, value, system, key);
   CREATE INDEX fact_key ON fact (key, param);`,
  // An index ends in the key by itself: pages in order of creation, one status at a time, and what changed in one.
  `CREATE INDEX resource_page ON resource (type, status) WHERE deleted = 0;
   CREATE INDEX resource_change ON resource (type, status, updated_at) WHERE deleted = 0;
   DROP INDEX resource_status;`,
];
