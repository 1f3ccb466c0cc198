-- Who was asked about whom, why that was allowed, and what came of it.
CREATE TABLE inquiries (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  inquiry_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  adapter TEXT NOT NULL,
  bureau TEXT NOT NULL,                          -- its name, as shoppers were told
  legal_basis TEXT NOT NULL,
  policy_hash TEXT NOT NULL,
  asked_ms INTEGER NOT NULL,
  answered_ms INTEGER,                           -- set when it is known what came of it; never, where the service was stopped before
  expires_ms INTEGER NOT NULL,                   -- until when it counts
  sealed_report BLOB,                            -- the answer; none where none came
  problem TEXT,                                  -- why none came
  PRIMARY KEY (tenant_id, inquiry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inquiries_by_customer ON inquiries (tenant_id, customer_id, asked_ms);
