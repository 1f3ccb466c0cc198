-- What one key proposed and another has to agree to: nothing of it happens before.
CREATE TABLE approvals (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  approval_id TEXT NOT NULL,
  receivable_id TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('waive', 'settle', 'write_off')),
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  request TEXT NOT NULL,                         -- what was asked for, as JSON
  proposed_by TEXT NOT NULL,                     -- id of a key
  proposed_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected')),
  decided_by TEXT,
  PRIMARY KEY (tenant_id, approval_id),
  CHECK ((state = 'open') = (decided_by IS NULL)),
  CHECK (state <> 'approved' OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX approvals_open ON approvals (tenant_id, approval_id) WHERE state = 'open';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('approvals', 'approvals', '100000 10000 1'),
  ('approvals', 'approvals_open', '100 10 1');
ANALYZE sqlite_schema;
