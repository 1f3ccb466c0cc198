-- What was in an order that stands, line by line, under the customer's key.
ALTER TABLE decisions ADD COLUMN sealed_cart BLOB;
