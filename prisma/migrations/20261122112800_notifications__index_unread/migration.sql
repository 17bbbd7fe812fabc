-- The number on the bell is counted with every page.
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
