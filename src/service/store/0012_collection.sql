-- How a customer can be reached about what they owe, beside the e-mail that came with a session.
CREATE TABLE contact_details (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  customer_id TEXT NOT NULL,
  sealed_details BLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id)
) STRICT, WITHOUT ROWID;

-- When an account has to be looked at again: 0 after anything that happened, NULL while only something that happens can change what is to be done.
ALTER TABLE accounts ADD COLUMN look_ms INTEGER DEFAULT 0;
CREATE INDEX accounts_to_look_at ON accounts (tenant_id, look_ms) WHERE look_ms IS NOT NULL;
CREATE INDEX receivables_open ON receivables (tenant_id, coalesce(due_date, ''), receivable_id) WHERE ending IS NULL;

-- Attempts to reach a customer about what they owe: committed before anything is sent, so that nothing is ever sent twice.
CREATE TABLE contacts (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id TEXT NOT NULL REFERENCES tenants,
  message_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  occasion TEXT NOT NULL CHECK (occasion IN ('note', 'reminder', 'crossed', 'thanks')),
  channel TEXT NOT NULL CHECK (channel IN ('email', 'text_message', 'letter', 'telephone')),
  state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'suppressed', 'unknown')),
  about TEXT NOT NULL,                           -- what it says of which claim, as JSON
  payment_id TEXT,                               -- the payment that it is about
  amount_minor INTEGER NOT NULL,                 -- what it names as open in all
  term TEXT,                                     -- the last day that it names
  default_from TEXT,                             -- the first day of default that it names
  account_seq INTEGER NOT NULL,                  -- how many events the account had when it was written
  content_hash TEXT NOT NULL,                    -- SHA-256 of what it says
  sealed_message BLOB,                           -- what it says; gone when the person is erased
  planned_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL DEFAULT 0,      -- another attempt where whoever sends could not
  sent_ms INTEGER,
  arrived_ms INTEGER,                            -- told, or taken for granted after a while
  opened TEXT CHECK (opened IN ('machine', 'person')),
  crossed_by TEXT,                               -- the payment that was on its way already
  reason TEXT,                                   -- why it was not sent, or came back
  provider_ref TEXT,
  UNIQUE (tenant_id, message_id),
  CHECK ((occasion IN ('crossed', 'thanks')) = (payment_id IS NOT NULL))
) STRICT;
CREATE INDEX contacts_by_customer ON contacts (tenant_id, customer_id, planned_ms);
CREATE INDEX contacts_in_order ON contacts (tenant_id, position);
CREATE INDEX contacts_waiting ON contacts (tenant_id, state, position) WHERE state IN ('intended', 'sending');
-- One payment is answered once.
CREATE UNIQUE INDEX contacts_by_payment ON contacts (tenant_id, payment_id) WHERE payment_id IS NOT NULL AND state <> 'suppressed';

-- What only a human can decide.
CREATE TABLE tasks (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  task_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unknown_delivery', 'refused_message', 'unreachable', 'by_hand', 'propose_placement', 'propose_clearing', 'late_bounce')),
  about TEXT NOT NULL,                           -- the same thing is asked once: a message, or a claim with its level and due date
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
CREATE INDEX tasks_open ON tasks (tenant_id, opened_ms, task_id) WHERE done_ms IS NULL;
CREATE INDEX tasks_by_customer ON tasks (tenant_id, customer_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('contact_details', 'contact_details', '10000000 1000000 1'),
  ('accounts', 'accounts_to_look_at', '1000000 100000 2'),
  ('receivables', 'receivables_open', '1000000 100000 100 1'),
  ('contacts', 'sqlite_autoindex_contacts_1', '10000000 1000000 1'),
  ('contacts', 'contacts_by_customer', '10000000 1000000 4 1'),
  ('contacts', 'contacts_in_order', '10000000 1000000 1'),
  ('contacts', 'contacts_waiting', '1000 1000 500 1'),
  ('contacts', 'contacts_by_payment', '1000000 100000 1'),
  ('tasks', 'tasks', '100000 10000 1'),
  ('tasks', 'sqlite_autoindex_tasks_2', '100000 10000 2000 1'),
  ('tasks', 'tasks_open', '1000 100 1 1'),
  ('tasks', 'tasks_by_customer', '100000 10000 1');
ANALYZE sqlite_schema;
