CREATE INDEX reviews_by_session ON reviews (tenant_id, session_id);

-- What the planner is to believe of tables that are empty today: a shop has very many rows, a customer, a session or an order few, and few payments
-- are waiting at a time.
-- Without this it takes a tenant for a good key, and reads all of a shop's claims to find those of one customer.
-- For each index: how many rows in all, then for its first column, its first two and so on how many rows share one value.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('customers', 'customers', '10000000 1000000 1'),
  ('customers', 'customers_by_email', '10000000 1000000 2 1'),
  ('customers', 'sqlite_autoindex_customers_2', '10000000 1000000 500000 1'),
  ('decisions', 'decisions', '10000000 1000000 1'),
  ('decisions', 'decisions_by_session', '10000000 1000000 3 1 1'),
  ('orders', 'orders', '10000000 1000000 1'),
  ('orders', 'orders_by_customer', '10000000 1000000 5 2 1'),
  ('orders', 'orders_by_session', '10000000 1000000 1 1'),
  ('receivables', 'receivables', '10000000 1000000 1'),
  ('receivables', 'receivables_by_customer', '10000000 1000000 5 2 1'),
  ('payments', 'payments', '10000000 1000000 1'),
  ('payments', 'payments_by_customer', '10000000 1000000 5 2 1'),
  ('payments', 'payments_waiting', '10000000 1000 2 1'),
  ('reviews', 'reviews', '10000000 1000000 1'),
  ('reviews', 'reviews_by_session', '10000000 1000000 2 1');
ANALYZE sqlite_schema;
