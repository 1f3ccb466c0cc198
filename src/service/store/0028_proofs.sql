-- What customers send beside a request: a receipt, a photo. Its name and content lie under their key.
CREATE TABLE proofs (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  proof_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  request_id TEXT,                               -- the request that names it; one that none names is dropped
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png', 'webp', 'heic')),
  size INTEGER NOT NULL CHECK (size > 0),        -- as it is kept, in bytes
  content_index BLOB NOT NULL,                   -- keyed hash of what was sent, so that sending it again makes no second one
  sent_ms INTEGER NOT NULL,
  look_ms INTEGER NOT NULL,                      -- when it is looked at whether it goes
  sealed_name BLOB NOT NULL,
  sealed_content BLOB NOT NULL,                  -- last: a row is read up to where it is asked for
  PRIMARY KEY (tenant_id, proof_id)
) STRICT;
CREATE UNIQUE INDEX proofs_waiting ON proofs (tenant_id, customer_id, content_index) WHERE request_id IS NULL;
CREATE INDEX proofs_by_customer ON proofs (tenant_id, customer_id, sent_ms);
CREATE INDEX proofs_by_request ON proofs (tenant_id, request_id) WHERE request_id IS NOT NULL;
CREATE INDEX proofs_to_look_at ON proofs (tenant_id, look_ms);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('proofs', 'sqlite_autoindex_proofs_1', '100000 10000 1'),
  ('proofs', 'proofs_waiting', '100 10 1 1'),
  ('proofs', 'proofs_by_customer', '100000 10000 2 1'),
  ('proofs', 'proofs_by_request', '100000 10000 2'),
  ('proofs', 'proofs_to_look_at', '100000 10000 1');
ANALYZE sqlite_schema;
