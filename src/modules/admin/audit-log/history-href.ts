import { dayOf } from '../../../core/format.js';

/** The address of a record's history in the audit log; for those who hold `audit-log:read`. */
export const historyHref = (table: string, recordId: string): string =>
  auditLogHref({ table, record: recordId });

const dayMillis = 86_400_000;

/**
 * The address of everything that the request or task of a row did. The days around the row go with it, so that the log is
 * not searched as a whole; no task takes longer.
 */
export const requestHref = (requestId: string, at: Date): string =>
  auditLogHref({
    request: requestId,
    from: dayOf(new Date(at.getTime() - dayMillis)),
    to: dayOf(new Date(at.getTime() + dayMillis)),
  });

const auditLogHref = (parameters: Readonly<Record<string, string>>): string =>
  `/admin/audit-log?${new URLSearchParams(parameters).toString()}`;
