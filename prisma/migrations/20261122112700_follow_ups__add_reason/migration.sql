-- AlterTable
ALTER TABLE "follow_ups" ADD COLUMN     "reason" TEXT;

ALTER TABLE follow_ups ADD CONSTRAINT follow_ups_reason_check CHECK (reason IS NULL OR state = 'cancelled');

-- Lists are in the order of day and time, in minutes since 2000: of one owner, and of all.
CREATE INDEX follow_ups_owner_due ON follow_ups (owner_id, state, ((due_on - DATE '2000-01-01') * 1440 + coalesce(due_minute, 0)), id);
CREATE INDEX follow_ups_due ON follow_ups (state, ((due_on - DATE '2000-01-01') * 1440 + coalesce(due_minute, 0)), id);

-- The timeline of a customer; what a contact record finished is told by that record.
CREATE INDEX follow_ups_timeline ON follow_ups (customer_id, coalesce(finished_at, created_at), id)
  WHERE state <> 'done' OR contact_record_id IS NULL;
