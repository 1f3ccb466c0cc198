-- When a person first followed the link of a message; a machine says nothing.
ALTER TABLE contacts ADD COLUMN visited_ms INTEGER;
