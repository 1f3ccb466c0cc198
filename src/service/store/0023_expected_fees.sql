-- What the policy said that a method costs the merchant when a payment by it was begun; providers tell what they kept later, or never.
ALTER TABLE pay_sessions ADD COLUMN expected_fee_minor INTEGER;
