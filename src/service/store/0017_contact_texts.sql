-- What a message says is large and stays; what becomes of it changes often. Apart, a change of state writes a small row.
CREATE TABLE contact_texts (
  position INTEGER PRIMARY KEY REFERENCES contacts,
  tenant_id TEXT NOT NULL REFERENCES tenants,
  sealed_message BLOB NOT NULL                   -- deleted when the person is erased
) STRICT;
INSERT INTO contact_texts (position, tenant_id, sealed_message)
  SELECT position, tenant_id, sealed_message FROM contacts WHERE sealed_message IS NOT NULL;
ALTER TABLE contacts DROP COLUMN sealed_message;
