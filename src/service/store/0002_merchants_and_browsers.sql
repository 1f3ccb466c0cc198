-- The merchant's name and creditor identifier are not in the compiled bytes, so they change under the same hash: each change
-- is another revision.
ALTER TABLE policies ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- Whether the answer that the browser sent is the one that its residual policy gives; NULL where it sent none.
ALTER TABLE decisions ADD COLUMN browser_agrees INTEGER CHECK (browser_agrees IN (0, 1));
