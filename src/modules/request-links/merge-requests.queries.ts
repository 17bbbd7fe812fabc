import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { Conflict } from '../../core/errors.js';
import { emptySql, joinSql, rawSql, sql } from '../../core/sql.js';
import { findRequest, type RequestRecord } from '../service-requests/service-requests.queries.js';
import { mergedRequest, mergeProblem } from './merge-rules.js';
import { movingOfRequests } from './moving-rows.js';

/** Two requests that the viewer may merge. */
export interface MergePair {
  readonly going: RequestRecord;
  readonly staying: RequestRecord;
}

/**
 * Both requests of a merge, the one that goes and the one that stays.
 * @throws NotFound when the viewer may not work on both of them, Conflict when the two cannot be merged
 */
export async function findMergePair(context: ViewerContext, id: string, intoId: string): Promise<MergePair> {
  const permission = 'service-requests:work';
  const [going, staying] = await Promise.all([
    findRequest(context, id, { permission }),
    findRequest(context, intoId, { permission }),
  ]);
  const problem = mergeProblem(mergedRequest(going), mergedRequest(staying));
  if (problem) throw new Conflict(problem);
  return { going, staying };
}

const CountRow = z.object({ table: z.string(), count: z.number() });

/** How many rows of a table a merge moves. */
export type MovingCount = z.infer<typeof CountRow>;

/** What would move, by table; tables without anything are left out. A link between the two goes. */
export async function countMoving(
  context: ViewerContext,
  { going, staying }: MergePair,
): Promise<MovingCount[]> {
  const { database } = context.deps;
  const relations = await movingOfRequests(database.client);
  const counts = relations.map(({ table, column }) => {
    const between =
      table === 'request_relations' ? sql`AND ${staying.id}::uuid NOT IN (from_id, to_id)` : emptySql;
    return sql`SELECT ${table}::text AS table, count(*) AS rows FROM ${rawSql(table)}
               WHERE ${rawSql(column)} = ${going.id}::uuid ${between}`;
  });
  return database.rows(
    sql`SELECT counted.table, sum(counted.rows)::integer AS count FROM (${joinSql(counts, ' UNION ALL ')}) AS counted
        GROUP BY counted.table HAVING sum(counted.rows) > 0 ORDER BY counted.table`,
    CountRow,
  );
}
