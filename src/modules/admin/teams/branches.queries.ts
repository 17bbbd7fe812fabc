import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { NotFound } from '../../../core/errors.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { sql } from '../../../core/sql.js';
import { containsText } from '../filters.js';
import type { BranchListQuery } from './branches.schemas.js';

export const defaultBranchOrder: ListOrder<'name'> = { name: 'name', descending: false };

const BranchListRow = z.object({ name: z.string(), team_count: z.number() });

export type BranchListRow = z.infer<typeof BranchListRow>;

/** One page of the branches. */
export function listBranches(
  { deps }: ViewerContext,
  query: BranchListQuery,
): Promise<ListResult<BranchListRow>> {
  return listPage(deps.database, {
    select: sql`branches.name, (SELECT count(*)::integer FROM teams WHERE teams.branch_id = branches.id) AS team_count`,
    from: sql`branches`,
    id: sql`branches.id`,
    where: query.q ? [containsText(sql`branches.name`, query.q)] : [],
    sort: { expression: sql`branches.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: BranchListRow,
  });
}

const BranchRecord = z.object({ id: z.string(), name: z.string(), version: z.number() });

export type BranchRecord = z.infer<typeof BranchRecord>;

/** @throws NotFound */
export async function findBranch({ deps }: ViewerContext, id: string): Promise<BranchRecord> {
  const [row] = await deps.database.rows(
    sql`SELECT id::text, name, version FROM branches WHERE id = ${id}::uuid`,
    BranchRecord,
  );
  if (!row) throw new NotFound('no such branch');
  return row;
}

const BranchChoice = BranchRecord.pick({ id: true, name: true });

export type BranchChoice = z.infer<typeof BranchChoice>;

/** Every branch by name; at most 500. */
export function listBranchChoices({ deps }: ViewerContext): Promise<BranchChoice[]> {
  return deps.database.rows(sql`SELECT id::text, name FROM branches ORDER BY name LIMIT 500`, BranchChoice);
}
