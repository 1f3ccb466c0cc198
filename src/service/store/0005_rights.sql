-- A review is answered by a human, and says what came of it. SQLite cannot change a CHECK: the table is built anew.
CREATE TABLE reviews_answered (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  review_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  decision_id TEXT,
  method TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'changed', 'withdrawn')),
  sealed_words BLOB NOT NULL,                    -- the person's, and the answer's
  asked_ms INTEGER NOT NULL,
  answered_ms INTEGER,
  answered_by TEXT,                              -- the shop's own sign for one of its people
  PRIMARY KEY (tenant_id, review_id),
  CHECK ((state = 'open') = (answered_ms IS NULL) AND (state = 'open') = (answered_by IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO reviews_answered (tenant_id, review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms)
  SELECT tenant_id, review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms FROM reviews;
DROP TABLE reviews;
ALTER TABLE reviews_answered RENAME TO reviews;
CREATE INDEX reviews_by_session ON reviews (tenant_id, session_id);
CREATE INDEX reviews_by_customer ON reviews (tenant_id, customer_id);

-- Projections: what humans granted, and which orders stand on it.
CREATE TABLE grants (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  review_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  method TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  until TEXT NOT NULL,
  beyond_exposure INTEGER NOT NULL CHECK (beyond_exposure IN (0, 1)),
  PRIMARY KEY (tenant_id, review_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_customer ON grants (tenant_id, customer_id, method, until);

CREATE TABLE grant_uses (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  review_id TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  order_ref TEXT NOT NULL,
  PRIMARY KEY (tenant_id, review_id, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_uses_by_decision ON grant_uses (tenant_id, decision_id);

-- For the export and the erasure of one person.
CREATE INDEX sessions_by_customer ON sessions (tenant_id, customer_id);
CREATE INDEX decisions_by_customer ON decisions (tenant_id, customer_id);

-- As in 0003: what the planner is to believe of tables that are empty today.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('reviews', 'reviews', '10000000 1000000 1'),
  ('reviews', 'reviews_by_session', '10000000 1000000 2 1'),
  ('reviews', 'reviews_by_customer', '10000000 1000000 2 1'),
  ('grants', 'grants', '1000000 100000 1'),
  ('grants', 'grants_by_customer', '1000000 100000 2 1 1 1'),
  ('grant_uses', 'grant_uses', '1000000 100000 1 1'),
  ('grant_uses', 'grant_uses_by_decision', '1000000 100000 1 1'),
  ('sessions', 'sessions_by_customer', '10000000 1000000 5 1'),
  ('decisions', 'decisions_by_customer', '10000000 1000000 5 1');
ANALYZE sqlite_schema;
