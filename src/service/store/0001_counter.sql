-- Every table carries the tenant, and every key begins with it. Instants are milliseconds since 1970 (UTC), local dates are
-- ISO 8601 text, amounts are whole minor units. Columns named `sealed_…` and `wrapped_…` cannot be read without the master key.

CREATE TABLE tenants (
  tenant_id TEXT PRIMARY KEY,
  zone TEXT NOT NULL,
  ahead_seconds INTEGER NOT NULL DEFAULT 0,      -- the time machine; 0 outside the sandbox
  highest_ms INTEGER NOT NULL DEFAULT 0,         -- the latest instant at which something was written
  active_policy TEXT,
  next_reference INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  key_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('publishable', 'secret')),
  key_hash BLOB NOT NULL UNIQUE,
  ends_with TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  revoked_ms INTEGER,
  PRIMARY KEY (tenant_id, key_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  kid TEXT NOT NULL,
  public_key BLOB NOT NULL,
  wrapped_seed BLOB NOT NULL,
  created_ms INTEGER NOT NULL,
  published_until_ms INTEGER,                    -- set when another key took over signing
  PRIMARY KEY (tenant_id, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  policy_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  compiled BLOB NOT NULL,
  uploaded_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, policy_hash)
) STRICT, WITHOUT ROWID;

-- Whoever deletes `wrapped_key`, `reference_index` and `email_index` of a row has erased the person.
CREATE TABLE customers (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  customer_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('customer', 'guest')),
  reference_index BLOB,
  email_index BLOB,                              -- only of customers whom the shop has authenticated
  wrapped_key BLOB,
  sealed_personal BLOB NOT NULL,
  created_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, customer_id),
  UNIQUE (tenant_id, kind, reference_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_by_email ON customers (tenant_id, email_index);

CREATE TABLE sessions (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  session_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  signed_in INTEGER NOT NULL CHECK (signed_in IN (0, 1)),
  policy_hash TEXT NOT NULL,
  sealed_details BLOB NOT NULL,                  -- the shop's facts, a guest's e-mail
  locale TEXT NOT NULL,
  address_form TEXT NOT NULL,
  return_url TEXT,
  opened_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, session_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  decision_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  order_ref TEXT NOT NULL,
  method TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'refused')),
  reasons TEXT NOT NULL,
  decided_ms INTEGER NOT NULL,
  today TEXT NOT NULL,
  semantics_version INTEGER NOT NULL,
  policy_hash TEXT NOT NULL,
  residual_hash TEXT NOT NULL,
  facts_hash TEXT NOT NULL,
  answer BLOB NOT NULL,
  decision TEXT NOT NULL,
  browser_record BLOB,
  consents TEXT NOT NULL,
  sealed_facts BLOB NOT NULL,
  cart_hash TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  response BLOB NOT NULL,                        -- as it was sent, for whoever asks for the same order again
  PRIMARY KEY (tenant_id, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_by_session ON decisions (tenant_id, session_id, decided_ms);

CREATE TABLE reviews (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  review_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  decision_id TEXT,
  method TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open')),
  sealed_words BLOB NOT NULL,
  asked_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, review_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  key TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  status INTEGER NOT NULL,
  body BLOB NOT NULL,
  created_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key)
) STRICT, WITHOUT ROWID;

-- What has happened. Never updated, never deleted from.
CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id TEXT NOT NULL REFERENCES tenants,
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  event_id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  v INTEGER NOT NULL,
  occurred_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  effective_date TEXT NOT NULL,
  actor TEXT NOT NULL,
  causation_id TEXT,
  correlation_id TEXT NOT NULL,
  idempotency_key TEXT,
  policy_version TEXT,
  data TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (tenant_id, stream, seq)
) STRICT;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the past is never edited'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the past is never edited'); END;

-- Projections: derived from the events in the same transaction, and rebuilt from them at will.

-- One row per customer and currency: whoever confirms an order holds it.
CREATE TABLE accounts (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  open_minor INTEGER NOT NULL,                   -- sum of the balances of the claims
  PRIMARY KEY (tenant_id, customer_id, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE histories (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  customer_id TEXT NOT NULL,
  facts TEXT NOT NULL,
  PRIMARY KEY (tenant_id, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  order_ref TEXT NOT NULL,
  session_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  ordered_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('bound', 'released')),
  PRIMARY KEY (tenant_id, order_ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_by_customer ON orders (tenant_id, customer_id, ordered_on);
CREATE INDEX orders_by_session ON orders (tenant_id, session_id);

CREATE TABLE receivables (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  receivable_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  order_ref TEXT NOT NULL,
  method TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  balance_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  created_on TEXT NOT NULL,
  due_date TEXT,
  settled_on TEXT,
  PRIMARY KEY (tenant_id, receivable_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX receivables_by_customer ON receivables (tenant_id, customer_id, created_on);

CREATE TABLE payments (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  payment_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  order_ref TEXT NOT NULL,
  method TEXT NOT NULL,
  provider TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  reserves INTEGER NOT NULL CHECK (reserves IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('initiated', 'settled', 'declined', 'expired')),
  expires_ms INTEGER NOT NULL,
  changed_on TEXT NOT NULL,
  PRIMARY KEY (tenant_id, payment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_by_customer ON payments (tenant_id, customer_id, state);
CREATE INDEX payments_waiting ON payments (state, expires_ms);
