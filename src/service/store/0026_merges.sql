-- Which references of a merchant's are one person: each that was merged into another, and the one that it was merged into.
CREATE TABLE merges (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  customer_id TEXT NOT NULL,
  into_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merges_by_into ON merges (tenant_id, into_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('merges', 'merges', '100000 10000 1'),
  ('merges', 'merges_by_into', '100000 10000 1 1');
ANALYZE sqlite_schema;
