-- What customers and guests were asked to confirm. A check that passed counts for the customer until `until_ms`.
CREATE TABLE checks (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  check_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('birth_date', 'email', 'phone', 'address', 'identity')),
  state TEXT NOT NULL CHECK (state IN ('started', 'passed', 'failed', 'cancelled', 'superseded')),
  code_hash BLOB,                                -- keyed, and gone as soon as it can no longer be answered
  attempts_left INTEGER NOT NULL CHECK (attempts_left >= 0),
  sealed_details BLOB NOT NULL,                  -- what is to be confirmed
  provider_ref TEXT,
  started_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  passed_ms INTEGER,
  until_ms INTEGER,
  PRIMARY KEY (tenant_id, check_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX checks_by_customer ON checks (tenant_id, customer_id, state, started_ms);

-- What was written to people: planned before it is sent, so that nothing is ever sent twice.
CREATE TABLE messages (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id TEXT NOT NULL REFERENCES tenants,
  message_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  check_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'text')),
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'failed', 'unknown')),
  sealed_message BLOB,                           -- gone once it is sent, but for the sandbox's mailbox
  planned_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  UNIQUE (tenant_id, message_id)
) STRICT;
CREATE INDEX messages_by_customer ON messages (tenant_id, customer_id, planned_ms);
CREATE INDEX messages_in_order ON messages (tenant_id, position);
CREATE INDEX messages_waiting ON messages (state, planned_ms);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('checks', 'checks', '10000000 1000000 1'),
  ('checks', 'checks_by_customer', '10000000 1000000 3 2 1'),
  ('messages', 'sqlite_autoindex_messages_1', '10000000 1000000 1'),
  ('messages', 'messages_by_customer', '10000000 1000000 2 1'),
  ('messages', 'messages_in_order', '10000000 1000000 1'),
  ('messages', 'messages_waiting', '10000000 1000 1');
ANALYZE sqlite_schema;
