import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { cappedCount } from '../service-settings/setting-usage.queries.js';

const RequestCategory = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  typeId: z.string().nullable(),
  name: z.string(),
  skillId: z.string().nullable(),
  isArchived: z.boolean(),
  version: z.number(),
});

/** A category of requests with what its administration needs. */
export type RequestCategory = z.infer<typeof RequestCategory>;

const columns = sql`request_categories.id::text, request_categories.parent_id::text AS "parentId",
  request_categories.type_id::text AS "typeId", request_categories.name,
  request_categories.skill_id::text AS "skillId", request_categories.archived_at IS NOT NULL AS "isArchived",
  request_categories.version`;

const inOrder = sql`request_categories.archived_at IS NOT NULL, request_categories.position, request_categories.name`;

const ListedCategory = RequestCategory.extend({
  type: z.object({ name: z.string(), shippedKey: z.string().nullable() }).nullable(),
  skillName: z.string().nullable(),
  requestCount: z.number(),
});

export type ListedCategory = z.infer<typeof ListedCategory>;

/** Every category, neighbours in their order, those out of use last; requests are counted up to one above the cap. */
export const listRequestCategories = ({ deps }: ViewerContext): Promise<ListedCategory[]> =>
  deps.database.rows(
    sql`SELECT ${columns}, skills.name AS "skillName",
               CASE WHEN request_types.id IS NOT NULL
                 THEN jsonb_build_object('name', request_types.name, 'shippedKey', request_types.shipped_key) END AS type,
               ${cappedCount(sql`service_requests WHERE category_id = request_categories.id`)} AS "requestCount"
        FROM request_categories LEFT JOIN request_types ON request_types.id = request_categories.type_id
        LEFT JOIN skills ON skills.id = request_categories.skill_id ORDER BY ${inOrder}`,
    ListedCategory,
  );

/** The same without what only the list shows. */
export const readRequestCategories = ({ deps }: ViewerContext): Promise<RequestCategory[]> =>
  deps.database.rows(sql`SELECT ${columns} FROM request_categories ORDER BY ${inOrder}`, RequestCategory);

/** @throws NotFound */
export async function findRequestCategory({ deps }: ViewerContext, id: string): Promise<RequestCategory> {
  const [category] = await deps.database.rows(
    sql`SELECT ${columns} FROM request_categories WHERE id = ${id}::uuid`,
    RequestCategory,
  );
  if (!category) throw new NotFound('no such category of requests');
  return category;
}
