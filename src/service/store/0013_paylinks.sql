-- Links by which a customer sees what is open today. The token is nowhere but in the message that it went out with.
CREATE TABLE paylinks (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  token_hash BLOB NOT NULL UNIQUE,
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  receivables TEXT NOT NULL,                     -- ids of the claims that it is about, as JSON
  issued_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  superseded_ms INTEGER,                         -- set when the customer got another one
  PRIMARY KEY (tenant_id, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX paylinks_by_customer ON paylinks (tenant_id, customer_id, currency);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('paylinks', 'paylinks', '10000000 1000000 1'),
  ('paylinks', 'sqlite_autoindex_paylinks_1', '10000000 1'),
  ('paylinks', 'paylinks_by_customer', '10000000 1000000 5 4');
ANALYZE sqlite_schema;
