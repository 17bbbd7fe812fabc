/** The address of a record's history in the audit log; for those who hold `audit-log:read`. */
export const historyHref = (table: string, recordId: string): string =>
  `/admin/audit-log?${new URLSearchParams({ table, record: recordId }).toString()}`;
