-- The ledger of a customer is replayed from the events: which of them are about whose account, in the order in which they were written.
CREATE TABLE account_events (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  customer_id TEXT NOT NULL,
  currency TEXT NOT NULL,                        -- empty: about what the customer owes in every currency
  position INTEGER NOT NULL REFERENCES events,
  PRIMARY KEY (tenant_id, customer_id, currency, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX account_events_by_position ON account_events (position);

-- Of the claims; money that an order was paid with at once is of no account.
INSERT INTO account_events (tenant_id, customer_id, currency, position)
  SELECT e.tenant_id, r.customer_id, r.currency, e.position
  FROM receivables r JOIN events e ON e.tenant_id = r.tenant_id AND e.stream = 'receivable/' || r.receivable_id;
INSERT INTO account_events (tenant_id, customer_id, currency, position)
  SELECT e.tenant_id, json_extract(s.data, '$.customer'), json_extract(s.data, '$.amount.currency'), e.position
  FROM events s JOIN events e ON e.tenant_id = s.tenant_id AND e.stream = s.stream
  WHERE s.type = 'PaymentSettled'
    AND NOT EXISTS (SELECT 1 FROM events i WHERE i.tenant_id = s.tenant_id AND i.stream = s.stream AND i.type = 'PaymentInitiated');

-- The projections of an account. A claim of which nothing is open has an ending.
ALTER TABLE receivables ADD COLUMN ending TEXT;
UPDATE receivables SET ending = 'paid' WHERE settled_on IS NOT NULL;
CREATE INDEX receivables_by_reference ON receivables (tenant_id, reference);
ALTER TABLE accounts ADD COLUMN credit_minor INTEGER NOT NULL DEFAULT 0;   -- the customer's own money, put against no claim

-- What is still open of the rates of a plan, claim by claim.
CREATE TABLE open_rates (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  receivable_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),    -- which rate of the plan
  due_date TEXT NOT NULL,
  open_minor INTEGER NOT NULL CHECK (open_minor > 0),
  PRIMARY KEY (tenant_id, receivable_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO open_rates (tenant_id, receivable_id, number, due_date, open_minor)
  SELECT tenant_id, receivable_id, number, due_date, min(amount_minor, running - paid) FROM (
    SELECT i.tenant_id, i.receivable_id, i.number, i.due_date, i.amount_minor, r.amount_minor - r.balance_minor AS paid,
      sum(i.amount_minor) OVER (PARTITION BY i.tenant_id, i.receivable_id ORDER BY i.number) AS running
    FROM instalments i JOIN receivables r ON r.tenant_id = i.tenant_id AND r.receivable_id = i.receivable_id)
  WHERE running > paid;
DROP TABLE instalments;
ALTER TABLE open_rates RENAME TO instalments;

-- Money that is to go back, and money that went.
CREATE TABLE refunds (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  refund_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('granted', 'settled', 'failed')),
  PRIMARY KEY (tenant_id, refund_id)
) STRICT, WITHOUT ROWID;

-- What banks and providers told of money that has come, each once. What nobody knows the owner of is a task for a human.
CREATE TABLE incoming_payments (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  provider TEXT NOT NULL,
  provider_ref TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  value_date TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  customer_id TEXT,                              -- NULL while nobody knows whose it is
  why TEXT,                                      -- why nobody does
  awaited_customer BLOB,                         -- keyed hash of the shop's number of whoever it was said to be from
  sealed_remittance BLOB,                        -- what the payer wrote, under a key of its own; both go when it is known whose it is
  wrapped_key BLOB,
  told_minor INTEGER,                            -- the other amount, where the provider told another one later
  PRIMARY KEY (tenant_id, provider, provider_ref),
  UNIQUE (tenant_id, payment_id),
  CHECK ((customer_id IS NULL) = (why IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX incoming_payments_by_customer ON incoming_payments (tenant_id, customer_id, payment_id);
CREATE INDEX incoming_payments_awaited ON incoming_payments (tenant_id, awaited_customer) WHERE awaited_customer IS NOT NULL;
CREATE INDEX incoming_payments_told ON incoming_payments (tenant_id, told_minor) WHERE told_minor IS NOT NULL;

-- The references that a payment without an owner names: it is matched when their claim is there.
CREATE TABLE awaited_references (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  reference TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, reference, payment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_references_by_payment ON awaited_references (tenant_id, payment_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('account_events', 'account_events', '10000000 1000000 10 8 1'),
  ('account_events', 'account_events_by_position', '10000000 1'),
  ('receivables', 'receivables_by_reference', '10000000 1000000 1'),
  ('instalments', 'instalments', '1000000 100000 6 1'),
  ('refunds', 'refunds', '1000000 100000 1'),
  ('incoming_payments', 'incoming_payments', '10000000 1000000 500000 1'),
  ('incoming_payments', 'sqlite_autoindex_incoming_payments_2', '10000000 1000000 1'),
  ('incoming_payments', 'incoming_payments_by_customer', '10000000 1000000 5 1'),
  ('incoming_payments', 'incoming_payments_awaited', '1000 100 1'),
  ('incoming_payments', 'incoming_payments_told', '1000 100 1'),
  ('awaited_references', 'awaited_references', '1000 100 2 1'),
  ('awaited_references', 'awaited_references_by_payment', '1000 100 2');
ANALYZE sqlite_schema;
