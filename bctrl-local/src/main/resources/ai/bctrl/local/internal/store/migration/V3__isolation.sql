-- What keeps a runtime apart from others: process or context.
ALTER TABLE runtime ADD COLUMN IF NOT EXISTS isolation CHARACTER VARYING(16) DEFAULT 'process' NOT NULL;
