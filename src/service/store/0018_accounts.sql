-- Accesses to the account of a customer. The token is nowhere but with whoever it was given to.
CREATE TABLE accesses (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  token_hash BLOB NOT NULL UNIQUE,
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  receivable_id TEXT,                            -- the claim that it points at
  paylink_hash BLOB,                             -- the link that it came from: it ends when that is replaced
  issued_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX accesses_by_customer ON accesses (tenant_id, customer_id);

-- Codes that lead from a pay link to the account.
CREATE TABLE access_codes (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  check_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  paylink_hash BLOB NOT NULL,
  code_hash BLOB,                                -- keyed, and gone as soon as it can no longer be typed
  attempts_left INTEGER NOT NULL CHECK (attempts_left >= 0),
  sent_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, check_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_codes_by_customer ON access_codes (tenant_id, customer_id, sent_ms);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('accesses', 'accesses', '10000000 1000000 1'),
  ('accesses', 'sqlite_autoindex_accesses_1', '10000000 1'),
  ('accesses', 'accesses_by_customer', '10000000 1000000 5'),
  ('access_codes', 'access_codes', '1000000 100000 1'),
  ('access_codes', 'access_codes_by_customer', '1000000 100000 3 1');
ANALYZE sqlite_schema;
