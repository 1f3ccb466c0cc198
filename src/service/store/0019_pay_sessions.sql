-- Payments that customers were sent to a provider for: whoever is on their way holds what they owe, so that nobody else is sent for the same.
CREATE TABLE pay_sessions (
  number INTEGER PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenants,
  payment_id TEXT NOT NULL,                      -- also the key under which the provider is asked
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  receivables TEXT NOT NULL,                     -- ids of the claims that it is for, as JSON
  method TEXT NOT NULL,
  provider TEXT NOT NULL,
  provider_ref TEXT,                             -- the provider's own name of it; NULL while it is not known
  money_ref TEXT,                                -- the provider's own number of the money that came
  state TEXT NOT NULL CHECK (state IN ('intended', 'open', 'pending', 'paid', 'closed')),
  why TEXT,                                      -- why it was closed
  sealed_details BLOB,                           -- what the provider is told and where its page is, under the customer's key
  opened_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  lease_until_ms INTEGER,                        -- until when it is not asked about unasked; NULL when it holds nothing any more
  fee_minor INTEGER,                             -- what the provider kept
  UNIQUE (tenant_id, payment_id),
  CHECK ((state IN ('intended', 'open', 'pending')) = (lease_until_ms IS NOT NULL)),
  CHECK ((state = 'closed') = (why IS NOT NULL))
) STRICT;
-- One open payment for a euro: whatever a customer owes in a currency is paid by one session at a time.
CREATE UNIQUE INDEX pay_sessions_open ON pay_sessions (tenant_id, customer_id, currency) WHERE lease_until_ms IS NOT NULL;
CREATE UNIQUE INDEX pay_sessions_by_reference ON pay_sessions (tenant_id, provider, provider_ref) WHERE provider_ref IS NOT NULL;
CREATE INDEX pay_sessions_by_money ON pay_sessions (tenant_id, provider, money_ref) WHERE money_ref IS NOT NULL;
CREATE INDEX pay_sessions_due ON pay_sessions (tenant_id, lease_until_ms) WHERE lease_until_ms IS NOT NULL;
CREATE INDEX pay_sessions_by_customer ON pay_sessions (tenant_id, customer_id, currency, number);

-- Refunds that a provider was asked to pay out: until when it may be asked again under the same key.
CREATE TABLE pay_refunds (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  refund_id TEXT NOT NULL,
  until_ms INTEGER NOT NULL,                     -- by the world's clock
  PRIMARY KEY (tenant_id, refund_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX refunds_granted ON refunds (tenant_id, refund_id) WHERE state = 'granted';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('pay_refunds', 'pay_refunds', '1000000 100000 1'),
  ('refunds', 'refunds_granted', '1000 100 1'),
  ('pay_sessions', 'sqlite_autoindex_pay_sessions_1', '10000000 1000000 1'),
  ('pay_sessions', 'pay_sessions_open', '1000 100 1 1'),
  ('pay_sessions', 'pay_sessions_by_reference', '10000000 1000000 500000 1'),
  ('pay_sessions', 'pay_sessions_by_money', '10000000 1000000 500000 1'),
  ('pay_sessions', 'pay_sessions_due', '1000 100 1'),
  ('pay_sessions', 'pay_sessions_by_customer', '10000000 1000000 5 4 1');
ANALYZE sqlite_schema;
