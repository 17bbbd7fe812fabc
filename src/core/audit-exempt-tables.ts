/** Tables without audit triggers, each with the reason. A test compares this list with the database. */
export const auditExemptTables: Readonly<Record<string, string>> = {
  _prisma_migrations: 'written by the migration engine under the owner role',
  audit_log: 'the log itself',
  sessions: 'cookie sessions of express-session; sign-in and sign-out are events',
  login_sessions: 'last seen changes all day; sign-in, sign-out and ending a session are events',
  rate_limits: 'counters',
  customer_purchase_totals: 'a rollup that a trigger keeps',
  customer_activities: 'a rollup that triggers keep',
  duplicate_pairs: 'found by a scan; merging is audited row by row, dismissing is an event',
  notifications: 'lines behind the bell about what is audited elsewhere',
  import_chunks: 'working copy of an uploaded file, encrypted, removed later',
  import_rows: 'the report of an import; what the import changed is audited row by row',
  import_keys: 'which row of a file holds a number or phone first; removed when the import ends',
  background_tasks: 'progress of work; what the work changes is audited',
  undoable_actions: 'groups audit rows; undoing writes audit rows of its own',
  outbox_messages: 'each row is itself the record of a message; delivery attempts move its state',
};
