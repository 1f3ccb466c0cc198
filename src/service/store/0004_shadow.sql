-- A policy that is tried beside the active one: it decides every confirm too, and binds nothing.
ALTER TABLE tenants ADD COLUMN shadow_policy TEXT;
ALTER TABLE tenants ADD COLUMN shadow_since_ms INTEGER;

-- What it decided, by the decision that counted: nothing here is about a person, and it stays when one is erased. What the other policy
-- decided stands beside it once more, so that a report reads these short rows alone and not the long ones of the decisions.
CREATE TABLE shadow_decisions (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  policy_hash TEXT NOT NULL,                     -- of the shadow
  decision_id TEXT NOT NULL,
  counted_hash TEXT NOT NULL,                    -- of the policy whose decision counted
  counted_answer BLOB NOT NULL,                  -- the canonical bytes of what it decided
  total_minor INTEGER,                           -- what the cart cost
  answer BLOB,                                   -- the canonical bytes of what the shadow decided; NULL where it could not
  problem TEXT,                                  -- why it could not
  PRIMARY KEY (tenant_id, policy_hash, decision_id),
  CHECK ((answer IS NULL) <> (problem IS NULL))
) STRICT, WITHOUT ROWID;
