-- Where a tenant wants to be told of what happens.
CREATE TABLE webhooks (
  tenant_id TEXT NOT NULL REFERENCES tenants,
  webhook_id TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT,                                   -- JSON list of the events that are wanted; NULL: all
  wrapped_secret BLOB NOT NULL,
  wrapped_old_secret BLOB,                       -- signs as well, until then
  old_secret_until_ms INTEGER,
  created_ms INTEGER NOT NULL,
  failing_since_ms INTEGER,                      -- nothing has arrived since
  disabled_ms INTEGER,
  why_disabled TEXT CHECK (why_disabled IN ('failing', 'gone')),
  PRIMARY KEY (tenant_id, webhook_id),
  CHECK ((disabled_ms IS NULL) = (why_disabled IS NULL)),
  CHECK ((wrapped_old_secret IS NULL) = (old_secret_until_ms IS NULL))
) STRICT, WITHOUT ROWID;

-- One event on its way to one of them; written with the event. The instants are those of the machine, not of a tenant's time machine.
CREATE TABLE webhook_deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,      -- the order in which they are sent, lane by lane
  tenant_id TEXT NOT NULL REFERENCES tenants,
  webhook_id TEXT NOT NULL,
  position INTEGER NOT NULL REFERENCES events,
  lane TEXT NOT NULL,                            -- what keeps its order: a customer's account, else the stream
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
  due_ms INTEGER,                                -- when it is sent next; NULL: behind another in its lane, done, or held back
  lease INTEGER,                                 -- of whoever is sending it now; it counts until due_ms
  attempts INTEGER NOT NULL DEFAULT 0,
  last_ms INTEGER,
  status INTEGER,                                -- what the receiver answered last
  problem TEXT,                                  -- why it did not arrive the last time
  CHECK (state = 'waiting' OR (due_ms IS NULL AND lease IS NULL))
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (tenant_id, webhook_id, due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX webhook_deliveries_in_lane ON webhook_deliveries (tenant_id, webhook_id, lane, number) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_number ON webhook_deliveries (tenant_id, webhook_id, number);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (tenant_id, webhook_id, position) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_done ON webhook_deliveries (last_ms) WHERE state <> 'waiting';
