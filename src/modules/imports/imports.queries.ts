import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import {
  ColumnMapping,
  ImportOptions,
  RememberedMapping,
  targetNames,
  type TargetName,
} from './import-options.js';
import { importStates } from './import-states.js';
import { importScope } from './imports.scope.js';
import type { ImportListQuery } from './imports.schemas.js';

const Counts = {
  row_count: z.number(),
  created_count: z.number(),
  updated_count: z.number(),
  unchanged_count: z.number(),
  skipped_count: z.number(),
  rejected_count: z.number(),
  duplicate_count: z.number(),
  new_customer_count: z.number(),
};

const countColumns = sql`imports.row_count, imports.created_count, imports.updated_count, imports.unchanged_count,
  imports.skipped_count, imports.rejected_count, imports.duplicate_count, imports.new_customer_count`;

/** Undone in the undo centre is undone. */
const shownState = sql`CASE WHEN actions.undone_at IS NULL OR imports.state = 'undoing' THEN imports.state ELSE 'undone' END`;

const importTables = sql`imports
  JOIN users ON users.id = imports.created_by_id
  LEFT JOIN undoable_actions AS actions ON actions.id = imports.undoable_action_id`;

const ImportListRow = z.object({
  target: z.enum(targetNames),
  file_name: z.string(),
  state: z.enum(importStates),
  created_at: z.date(),
  created_by_name: z.string(),
  ...Counts,
});

export type ImportListRow = z.infer<typeof ImportListRow>;

export const defaultImportOrder: ListOrder<'createdAt'> = { name: 'createdAt', descending: true };

/** One page of the imports that the viewer may see, newest first unless told. */
export function listImports(
  context: ViewerContext,
  query: ImportListQuery,
): Promise<ListResult<ImportListRow>> {
  const where = [importScope(context.viewer)];
  if (query.q) where.push(sql`imports.file_name ILIKE ${`%${query.q.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (query.state) where.push(sql`${shownState} = ${query.state}`);
  if (query.target) where.push(sql`imports.target = ${query.target}`);
  return listPage(context.deps.database, {
    select: sql`imports.target, imports.file_name, ${shownState} AS state, imports.created_at,
      users.name AS created_by_name, ${countColumns}`,
    from: importTables,
    id: sql`imports.id`,
    where,
    sort: { expression: sql`imports.created_at`, type: 'timestamptz' },
    descending: (query.sort ?? defaultImportOrder).descending,
    cursor: query.after,
    row: ImportListRow,
  });
}

const UndoResult = z.object({
  restored: z.number(),
  removed: z.number(),
  reinserted: z.number(),
  conflicts: z.number(),
});

const ImportRecord = z.object({
  id: z.string(),
  target: z.enum(targetNames),
  file_name: z.string(),
  file_size: z.number(),
  file_sha256: z.string(),
  file_format: z.looseObject({ format: z.enum(['delimited', 'workbook']) }),
  header: z.array(z.string()),
  mapping: ColumnMapping.nullable(),
  options: ImportOptions.nullable(),
  state: z.enum(importStates),
  ...Counts,
  chunk_count: z.number(),
  created_by_id: z.string(),
  created_by_name: z.string(),
  created_at: z.date(),
  version: z.number(),
  task_state: z.enum(['queued', 'running', 'done', 'failed']).nullable(),
  task_done: z.number().nullable(),
  task_total: z.number().nullable(),
  task_error: z.string().nullable(),
  undoable_action_id: z.string().nullable(),
  undo_until: z.date().nullable(),
  undone_at: z.date().nullable(),
  undo_result: UndoResult.nullable(),
  /** False once the file's rows were forgotten. */
  has_rows: z.boolean(),
});

/** One import with how far its work came. */
export type ImportRecord = z.infer<typeof ImportRecord>;

/** @throws NotFound when there is no such import, or it is somebody else's. */
export async function findImport(context: ViewerContext, id: string): Promise<ImportRecord> {
  const [record] = await context.deps.database.rows(
    sql`
    SELECT imports.id::text, imports.target, imports.file_name, imports.file_size, imports.file_sha256,
           imports.file_format, imports.header, imports.mapping, imports.options,
           ${shownState} AS state,
           ${countColumns}, imports.chunk_count, imports.created_by_id::text, users.name AS created_by_name,
           imports.created_at, imports.version,
           tasks.state AS task_state, tasks.progress_done AS task_done, tasks.progress_total AS task_total,
           tasks.error AS task_error,
           actions.id::text AS undoable_action_id, actions.undo_until, actions.undone_at, actions.undo_result,
           EXISTS (SELECT FROM import_chunks WHERE import_id = imports.id) AS has_rows
    FROM ${importTables} LEFT JOIN background_tasks AS tasks ON tasks.id = imports.task_id
    WHERE imports.id = ${id}::uuid AND ${importScope(context.viewer)}`,
    ImportRecord,
  );
  if (!record) throw new NotFound('no such import of the viewer');
  return record;
}

/** When the same file was last imported before, by whomever. */
export async function findEarlierImport(
  context: ViewerContext,
  record: ImportRecord,
): Promise<Date | undefined> {
  const [row] = await context.deps.database.rows(
    sql`
    SELECT actions.created_at FROM imports JOIN undoable_actions AS actions ON actions.id = imports.undoable_action_id
    WHERE file_sha256 = ${record.file_sha256} AND target = ${record.target} AND imports.id <> ${record.id}::uuid
      AND actions.undone_at IS NULL
    ORDER BY actions.created_at DESC LIMIT 1`,
    z.object({ created_at: z.date() }),
  );
  return row?.created_at;
}

/** The mapping and options last used for a file with the same header. */
export async function findRememberedMapping(
  context: ViewerContext,
  target: TargetName,
  headerHash: string,
): Promise<RememberedMapping | undefined> {
  const row = await context.deps.database.models.importMapping.findUnique({
    where: { target_headerHash: { target, headerHash } },
    select: { mapping: true },
  });
  return row ? RememberedMapping.safeParse(row.mapping).data : undefined;
}

/** Rows that would write something. */
export const rowsToStore = (record: ImportRecord): number => record.created_count + record.updated_count;
