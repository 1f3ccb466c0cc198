-- A policy that is tried beside the active one: it decides every confirm too, and binds nothing.
ALTER TABLE tenants ADD COLUMN shadow_policy TEXT;
ALTER TABLE tenants ADD COLUMN shadow_since_ms INTEGER;

-- What it decided, by the decision that counted: nothing here is about a person, and it stays when one is erased.
CREATE TABLE shadow_decisions (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  policy_hash TEXT NOT NULL,                     -- of the shadow
  decision_id TEXT NOT NULL,
  total_minor INTEGER,                           -- what the cart cost, as the answer that counted took it
  answer BLOB,                                   -- its canonical bytes; NULL where the shadow could not decide
  problem TEXT,                                  -- why it could not
  PRIMARY KEY (tenant_id, policy_hash, decision_id),
  CHECK ((answer IS NULL) <> (problem IS NULL))
) STRICT, WITHOUT ROWID;
