-- SEPA direct debits: each is a session that holds what its customer owes, by a mandate that lies with their request under their key.
CREATE TABLE debits (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  debit_id TEXT NOT NULL,                        -- the mandate's reference, and what the bank brings back
  payment_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  request_id TEXT NOT NULL,                      -- in which it was signed
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  signed_on TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('announced', 'submitted', 'settled', 'returned', 'cancelled')),
  reason TEXT,                                   -- the bank's, or why it was called off
  batch_id TEXT,
  collected_on TEXT,
  collected_minor INTEGER,
  PRIMARY KEY (tenant_id, debit_id),
  UNIQUE (tenant_id, payment_id),
  CHECK ((state IN ('submitted', 'settled', 'returned')) = (batch_id IS NOT NULL)),
  CHECK ((batch_id IS NULL) = (collected_on IS NULL) AND (batch_id IS NULL) = (collected_minor IS NULL)),
  CHECK (collected_minor BETWEEN 1 AND amount_minor),
  CHECK ((state IN ('returned', 'cancelled')) = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX debits_open ON debits (tenant_id, first_day, debit_id) WHERE state IN ('announced', 'submitted');
CREATE INDEX debits_by_batch ON debits (tenant_id, batch_id, debit_id) WHERE batch_id IS NOT NULL;
CREATE INDEX debits_by_customer ON debits (tenant_id, customer_id);

-- What was handed to a bank in one file, with what of the merchant stands in it.
CREATE TABLE debit_batches (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  batch_id TEXT NOT NULL,
  creditor TEXT NOT NULL,                        -- as JSON
  made_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, batch_id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('debits', 'debits', '1000000 100000 1'),
  ('debits', 'sqlite_autoindex_debits_2', '1000000 100000 1'),
  ('debits', 'debits_open', '1000 100 20 1'),
  ('debits', 'debits_by_batch', '1000000 100000 100 1'),
  ('debits', 'debits_by_customer', '1000000 100000 2'),
  ('debit_batches', 'debit_batches', '10000 1000 1');
ANALYZE sqlite_schema;
