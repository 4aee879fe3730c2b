/** The tables of the SQLite store, in PostgreSQL's words. Texts compare by their bytes, so that sorting does not depend on the server's language. */
export const POSTGRES_MIGRATIONS: readonly string[] = [
  `CREATE TABLE resource (
     key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     type TEXT COLLATE "C" NOT NULL,
     id TEXT COLLATE "C" NOT NULL,
     version INTEGER NOT NULL,
     updated_at BIGINT NOT NULL,
     deleted SMALLINT NOT NULL,
     status TEXT COLLATE "C",
     authored_on BIGINT,
     UNIQUE (type, id)
   );
   CREATE INDEX resource_page ON resource (type, status, key) WHERE deleted = 0;
   CREATE INDEX resource_change ON resource (type, status, updated_at) WHERE deleted = 0;
   CREATE INDEX resource_updated ON resource (type, updated_at) WHERE deleted = 0;
   CREATE TABLE version (
     key BIGINT NOT NULL REFERENCES resource (key),
     version INTEGER NOT NULL,
     at BIGINT NOT NULL,
     deleted SMALLINT NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (key, version)
   );
   CREATE TABLE fact (
     key BIGINT NOT NULL REFERENCES resource (key),
     param TEXT COLLATE "C" NOT NULL,
     system TEXT COLLATE "C",
     value TEXT COLLATE "C",
     low BIGINT,
     high BIGINT
   );
   CREATE INDEX fact_value ON fact (param, left(value, 200), key);
   CREATE INDEX fact_key ON fact (key, param);`,
];
