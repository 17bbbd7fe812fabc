import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { readRows } from '../../core/read-rows.js';
import { rawSql, sql } from '../../core/sql.js';
import { idsBelow, treeMoveProblem, type TreeRecord } from '../../core/tree.js';
import { lockTable } from './setting-upkeep.service.js';

/** A table whose records hang below one another. */
export interface TreeTable {
  readonly table: 'request_categories' | 'complaint_causes';
  readonly maximumDepth: number;
  readonly maximumRecords: number;
}

const TreeRow = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  position: z.number(),
});

export interface TreePlace {
  /** True when the record is there already. */
  readonly isThere: boolean;
  /** Its own when it stays under its parent, else the last. */
  readonly position: number;
  readonly idsBelow: readonly string[];
}

const moveProblems = {
  'within-itself': 'tree.withinItself',
  'too-deep': 'tree.tooDeep',
  'no-parent': 'errors.notAChoice',
} as const;

/**
 * Finds the place of a record, which may be a new one, under a parent. Other changes of the tree wait until the unit of
 * work ends.
 * @throws InvalidInput beside `parentId` when it cannot stand there, beside `name` when there are too many.
 */
export async function placeInTree(
  tx: Transaction,
  { table, maximumDepth, maximumRecords }: TreeTable,
  { id, parentId }: Pick<TreeRecord, 'id' | 'parentId'>,
): Promise<TreePlace> {
  await lockTable(tx, table);
  const records = await readRows(
    tx,
    sql`SELECT id::text, parent_id::text AS "parentId", name, position FROM ${rawSql(table)} ORDER BY position, name`,
    TreeRow,
  );
  const own = records.find((record) => record.id === id);
  if (!own && records.length >= maximumRecords)
    throw InvalidInput.field('name', 'serviceSettings.tooMany', { maximum: maximumRecords });
  const problem = treeMoveProblem(records, id, parentId, maximumDepth);
  if (problem) throw InvalidInput.field('parentId', moveProblems[problem], { maximum: maximumDepth });
  const neighbours = records.filter((record) => record.parentId === parentId);
  const last = Math.max(-1, ...neighbours.map(({ position }) => position)) + 1;
  return {
    isThere: own !== undefined,
    position: own?.parentId === parentId ? own.position : last,
    idsBelow: [...idsBelow(records, id)],
  };
}
