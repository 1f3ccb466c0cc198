-- What a message charges once it has left, as JSON: a letter's material, default interest, the lump sum.
ALTER TABLE contacts ADD COLUMN charges TEXT NOT NULL DEFAULT '[]';

-- What a payment has taken back: costs that were charged after the day on which it counts.
ALTER TABLE incoming_payments ADD COLUMN given_back_minor INTEGER NOT NULL DEFAULT 0;

-- A link speaks as the message that brought it.
ALTER TABLE paylinks ADD COLUMN locale TEXT NOT NULL DEFAULT 'de';
ALTER TABLE paylinks ADD COLUMN address_form TEXT NOT NULL DEFAULT 'sie' CHECK (address_form IN ('sie', 'du'));
