-- One open payment for a claim: whoever is on their way holds the claims that they pay, and nobody else is sent for one of them.
CREATE TABLE pay_leases (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  receivable_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,                      -- of a session that holds something
  PRIMARY KEY (tenant_id, receivable_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pay_leases_by_payment ON pay_leases (tenant_id, payment_id);
INSERT INTO pay_leases (tenant_id, receivable_id, payment_id)
  SELECT s.tenant_id, claims.value, s.payment_id FROM pay_sessions s, json_each(s.receivables) claims WHERE s.lease_until_ms IS NOT NULL;
-- A customer may be on their way to pay several things, each by itself.
DROP INDEX pay_sessions_open;
CREATE INDEX pay_sessions_open ON pay_sessions (tenant_id, customer_id, currency) WHERE lease_until_ms IS NOT NULL;

DELETE FROM sqlite_stat1 WHERE idx = 'pay_sessions_open';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('pay_leases', 'pay_leases', '1000 100 1'),
  ('pay_leases', 'pay_leases_by_payment', '1000 100 2'),
  ('pay_sessions', 'pay_sessions_open', '1000 100 2 1');
ANALYZE sqlite_schema;
