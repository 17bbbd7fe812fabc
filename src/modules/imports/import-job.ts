import { z } from 'zod';
import { TaskFailure } from '../../core/background-tasks.js';
import type { Context } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { readImportDefinitions, type ImportDefinitions } from './import-definitions.queries.js';
import { ColumnMapping, ImportOptions, targetNames } from './import-options.js';
import { importStates } from './import-states.js';
import { findTaskOwner, type TaskOwner } from '../../core/task-owner.js';
import type { ImportTarget } from './targets/import-target.js';
import { importTargets } from './targets/import-targets.js';
import type { ReadingSettings } from './targets/read-row.js';

const JobRow = z.object({
  id: z.string(),
  target: z.enum(targetNames),
  mapping: ColumnMapping,
  options: ImportOptions,
  state: z.enum(importStates),
  row_count: z.number(),
  task_id: z.string().nullable(),
  undoable_action_id: z.string().nullable(),
  started_at: z.date().nullable(),
  is_undone: z.boolean(),
  is_workbook: z.boolean(),
});

/** An import as the worker has it. */
export interface ImportJob {
  readonly row: z.infer<typeof JobRow>;
  readonly target: ImportTarget;
  readonly settings: ReadingSettings;
  readonly importer: TaskOwner;
}

/** The payload of every task of an import. */
export const ImportPayload = z.object({ importId: z.uuid() });

/**
 * The job of a task, read afresh for each step, so that a lost permission counts at once; undefined when the import has
 * gone on without the task and there is nothing left to do.
 * @throws TaskFailure when whoever started it may not do this any more.
 */
export async function findJob(
  context: Context,
  taskId: string,
  importId: string,
): Promise<ImportJob | undefined> {
  const { database, now } = context.deps;
  const [row] = await database.rows(
    sql`SELECT id::text, target, mapping, options, state, row_count, task_id::text, undoable_action_id::text, started_at,
               EXISTS (SELECT FROM undoable_actions WHERE id = undoable_action_id AND undone_at IS NOT NULL) AS is_undone,
               file_format->>'format' = 'workbook' AS is_workbook
        FROM imports WHERE id = ${importId}::uuid AND mapping IS NOT NULL`,
    JobRow,
  );
  if (row?.task_id !== taskId) return undefined;
  const target = importTargets[row.target];
  const importer = context.actor.id === null ? undefined : await findTaskOwner(database, context.actor.id);
  if (!importer || !can(importer.viewer, 'imports:run') || !can(importer.viewer, target.permission)) {
    throw new TaskFailure('imports.notAllowedAnyMore');
  }
  const definitions = await readImportDefinitions(context);
  return {
    row,
    target,
    importer,
    settings: readingSettings(row.options, definitions, row.is_workbook, now()),
  };
}

/** How the cells of an import's file are read. */
export const readingSettings = (
  options: ImportOptions,
  definitions: ImportDefinitions,
  isWorkbook: boolean,
  now: Date,
): ReadingSettings => ({
  ...definitions,
  dateOrder: options.dateOrder,
  today: dayOf(now),
  isWorkbook,
});
