import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { exportEvents, exportEventTable } from '../../core/exports/export-log.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql, type Sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { exportStates, type ExportListQuery } from './exports.schemas.js';

export const defaultExportOrder: ListOrder<'startedAt'> = { name: 'startedAt', descending: true };

const ExportRow = z.object({
  at: z.date(),
  actor_name: z.string(),
  name: z.string(),
  format: z.string(),
  filter: z.array(z.string()),
  state: z.enum(exportStates),
  rows: z.number().nullable(),
  reason: z.string().nullable(),
});

export type ExportRow = z.infer<typeof ExportRow>;

/** Each start of an export with the event that ended it, if one did. */
const startsAndEnds = sql`audit_log
  LEFT JOIN LATERAL (
    SELECT ends.action, ends.after FROM audit_log AS ends
    WHERE ends.table_name = ${exportEventTable} AND ends.record_id = audit_log.record_id AND ends.id > audit_log.id
    ORDER BY ends.id LIMIT 1) AS ended ON TRUE`;

const state = sql`CASE ended.action WHEN ${exportEvents.finished} THEN 'finished'
                                    WHEN ${exportEvents.aborted} THEN 'aborted' ELSE 'started' END`;

/** One page of the exports that the viewer may know of: those of everybody for readers of the audit log, else their own. */
export function listExports(context: ViewerContext, query: ExportListQuery): Promise<ListResult<ExportRow>> {
  return listPage(context.deps.database, {
    select: sql`audit_log.at, audit_log.actor_name, audit_log.after->>'name' AS name,
                audit_log.after->>'format' AS format, audit_log.after->'filter' AS filter,
                ${state} AS state, (ended.after->>'rows')::integer AS rows, ended.after->>'reason' AS reason`,
    from: startsAndEnds,
    id: sql`audit_log.id`,
    idType: 'bigint',
    where: conditions(context, query),
    sort: { expression: sql`audit_log.id`, type: 'bigint' },
    descending: (query.sort ?? defaultExportOrder).descending,
    cursor: query.after,
    row: ExportRow,
  });
}

/** True when the viewer sees the exports of everybody. */
export const seesAllExports = ({ viewer }: ViewerContext): boolean => can(viewer, 'audit-log:read');

function conditions(context: ViewerContext, query: ExportListQuery): Sql[] {
  const found = [sql`audit_log.action = ${exportEvents.started}`, sql`audit_log.operation = 'event'`];
  if (!seesAllExports(context)) found.push(sql`audit_log.actor_id = ${context.viewer.id}::uuid`);
  if (query.format) found.push(sql`audit_log.after->>'format' = ${query.format}`);
  if (query.state) found.push(sql`${state} = ${query.state}`);
  if (query.q) {
    const said = sql`audit_log.actor_name || ' ' || (audit_log.after->>'filter')`;
    found.push(sql`position(lower(${query.q}) IN lower(${said})) > 0`);
  }
  return found;
}
