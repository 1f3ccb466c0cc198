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

-- What customers asked for in their account. Their words, and what was acknowledged, lie under their key.
CREATE TABLE requests (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  request_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  receivable_id TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('granted', 'noted', 'refused', 'taken_back')),
  why TEXT,                                      -- why it cannot be
  bond TEXT,                                     -- what it brought about: a hold, a dispute, a promise, a plan, the due date before
  sealed_words BLOB NOT NULL,
  sealed_receipt BLOB,
  asked_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, request_id),
  CHECK ((outcome = 'refused') = (why IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_customer ON requests (tenant_id, customer_id, asked_ms);

-- More kinds of tasks: what customers ask for. Which there are, the code says.
CREATE TABLE tasks_of_all_kinds (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  task_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,                           -- the same thing is asked once: a message, a request, or a claim with its level and due date
  customer_id TEXT NOT NULL,
  receivable_id TEXT,
  message_id TEXT,
  reason TEXT,
  opened_ms INTEGER NOT NULL,
  done_ms INTEGER,
  done_by TEXT,
  PRIMARY KEY (tenant_id, task_id),
  UNIQUE (tenant_id, kind, about)
) STRICT, WITHOUT ROWID;
INSERT INTO tasks_of_all_kinds
  SELECT tenant_id, task_id, kind, about, customer_id, receivable_id, message_id, reason, opened_ms, done_ms, done_by FROM tasks;
DROP TABLE tasks;
ALTER TABLE tasks_of_all_kinds RENAME TO tasks;
CREATE INDEX tasks_open ON tasks (tenant_id, opened_ms, task_id) WHERE done_ms IS NULL;
CREATE INDEX tasks_by_customer ON tasks (tenant_id, customer_id);

DELETE FROM sqlite_stat1 WHERE tbl = 'tasks';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('requests', 'requests', '1000000 100000 1'),
  ('requests', 'requests_by_customer', '1000000 100000 2 1'),
  ('tasks', 'tasks', '100000 10000 1'),
  ('tasks', 'sqlite_autoindex_tasks_2', '100000 10000 2000 1'),
  ('tasks', 'tasks_open', '1000 100 1 1'),
  ('tasks', 'tasks_by_customer', '100000 10000 1'),
  ('accesses', 'accesses', '10000000 1000000 1'),
  ('accesses', 'sqlite_autoindex_accesses_1', '10000000 1'),
  ('accesses', 'accesses_by_customer', '10000000 1000000 5'),
  ('access_codes', 'access_codes', '1000000 100000 1'),
  ('access_codes', 'access_codes_by_customer', '1000000 100000 3 1');
ANALYZE sqlite_schema;
