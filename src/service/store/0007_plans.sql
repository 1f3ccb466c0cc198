-- The rates of a claim that is paid by a plan of instalments; a projection of the events.
CREATE TABLE instalments (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  receivable_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  due_date TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  cost_minor INTEGER NOT NULL CHECK (cost_minor >= 0),   -- what of it is interest or fee
  PRIMARY KEY (tenant_id, receivable_id, number)
) STRICT, WITHOUT ROWID;

-- The plan as it was agreed to, canonical JSON, and its SHA-256.
ALTER TABLE decisions ADD COLUMN plan TEXT;
ALTER TABLE decisions ADD COLUMN plan_hash TEXT;
