import { z } from 'zod';
import { optionalUuid } from '../../../core/fields.js';
import { listParameters } from '../../../core/lists/list.js';
import { isPeriod, optionalChoice, periodParameters } from '../filters.js';
import { auditActions } from './audit-actions.js';
import { namedTables } from './audit-tables.js';

export const auditOperations = ['insert', 'update', 'delete', 'event'] as const;

const tableNames = Object.keys(namedTables);

const parameters = z.strictObject({
  ...listParameters(['at']),
  person: optionalUuid,
  table: z
    .string()
    .refine((table) => table === '' || tableNames.includes(table), 'errors.notAChoice')
    .optional()
    .transform((table) => (table ? table : null)),
  record: optionalUuid,
  action: optionalChoice(auditActions),
  operation: optionalChoice(auditOperations),
  /** Everything that one request, or one task (`task:<id>`), did. */
  request: z
    .string()
    .regex(/^([a-z]+:)?[0-9a-f-]{36}$|^$/, 'errors.notAChoice')
    .optional()
    .transform((request) => (request ? request : null)),
  ...periodParameters,
});

const reversed = { path: ['to'], error: 'auditLog.periodReversed' };

export const AuditLogQuery = parameters.refine(isPeriod, reversed);

/** The parameters of the list; an export has no pages. */
export const AuditLogExportQuery = parameters.omit({ after: true }).refine(isPeriod, reversed);

export type AuditLogQuery = z.output<typeof AuditLogQuery>;

export const AuditEntryParams = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) });
