import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';
import { idsOf, requestHits, subjectHolds } from './request-search.js';

/** Words that more requests hold are found sooner by walking the list than by gathering all of them. */
const mostHits = 4_000;

/** One of so many pages of the table is looked into; a word on so many of them is on thousands. */
const lookedInto = { oneOfPages: 3_333, withHits: 5 } as const;

/** The ids of all requests that a search means, or that it means too many to name. */
export type RequestHits = readonly string[] | 'many';

/** What a search and a category mean, looked up before the list is read: PostgreSQL plans by the values it is given. */
export interface ResolvedRequestQuery {
  readonly hits?: RequestHits;
  /** The chosen category and those below it. */
  readonly topics?: readonly string[];
}

const nothing = sql`'{}'::text[]`;

const Resolved = z.object({ hits: z.array(z.string()), topics: z.array(z.string()) });

/** Looks up what the search and the category of a list of requests mean; nothing without them. */
export async function resolveRequestQuery<
  Query extends { q?: string | undefined; topic?: string | undefined },
>(context: ViewerContext, query: Query): Promise<Query & ResolvedRequestQuery> {
  const { q, topic } = query;
  const isMany = q !== undefined && q !== '' && (await isFrequent(context, q));
  const sought = isMany ? undefined : q;
  if (!sought && !topic) return isMany ? { ...query, hits: 'many' } : query;
  const { database } = context.deps;
  const statement = sql`
    SELECT ${sought ? gathered(requestHits(sought)) : nothing} AS hits,
           ${topic ? sql`ARRAY(SELECT id::text FROM (${categoriesBelow(topic)}) AS topics)` : nothing} AS topics`;
  const [resolved] = await (sought
    ? database.rows(statement, Resolved)
    : database.preparedRows(statement, Resolved));
  const { hits, topics } = Resolved.parse(resolved);
  return {
    ...query,
    ...(q ? { hits: isMany ? 'many' : fewOrMany(hits) } : {}),
    ...(topic ? { topics } : {}),
  };
}

/** What some ways of finding a text find. */
export async function gatherHits(
  context: Pick<ViewerContext, 'deps'>,
  text: string,
  ways: readonly Sql[],
): Promise<RequestHits> {
  if (await isFrequent(context, text)) return 'many';
  const [row] = await context.deps.database.rows(
    sql`SELECT ${gathered(ways)} AS hits`,
    Resolved.pick({ hits: true }),
  );
  return fewOrMany(row?.hits ?? []);
}

const fewOrMany = (ids: readonly string[]): RequestHits => (ids.length > mostHits ? 'many' : ids);

/** A column: the ids of what some ways of finding a text find, up to one more than are gathered. */
const gathered = (ways: readonly Sql[]): Sql =>
  sql`ARRAY(SELECT id::text FROM (${idsOf(ways)}) AS hits LIMIT ${mostHits + 1})`;

const Sampled = z.object({ is_frequent: z.boolean() });

/**
 * Whether a word is on thousands of requests, for which a statement of its own looks first: gathering those is what takes
 * longest, and so does planning how to. Into pages from one end of the table to the other: an import puts its words side by
 * side. They are named one by one, for TABLESAMPLE throws a die for each page of the table. Numbers are on few.
 */
async function isFrequent({ deps }: Pick<ViewerContext, 'deps'>, text: string): Promise<boolean> {
  if (!/\p{L}/u.test(text)) return false;
  const [sampled] = await deps.database.preparedRows(
    sql`SELECT count(*) >= ${lookedInto.withHits} AS is_frequent
        FROM generate_series(${Math.floor(lookedInto.oneOfPages / 2)}::bigint,
                             pg_relation_size('service_requests') / current_setting('block_size')::integer - 1,
                             ${lookedInto.oneOfPages}::bigint) AS page,
             LATERAL (SELECT FROM service_requests
                      WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + 1)::tid
                        AND ${subjectHolds(text)} LIMIT 1) AS hit`,
    Sampled,
  );
  return sampled?.is_frequent ?? false;
}

/** A query of a category and those below it. */
export const categoriesBelow = (id: string): Sql => sql`
  WITH RECURSIVE below AS (
    SELECT ${id}::uuid AS id
    UNION ALL
    SELECT child.id FROM request_categories AS child JOIN below ON child.parent_id = below.id)
  SELECT id FROM below`;
