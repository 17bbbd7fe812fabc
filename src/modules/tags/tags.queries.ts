import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { keepChoices } from '../../core/kept-choices.js';
import { countCap, listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import { Tag } from './tag.js';
import type { TagListQuery } from './tags.schemas.js';

export const defaultTagOrder: ListOrder<'name'> = { name: 'name', descending: false };

/** Customers with the tag, those in the recycle bin among them; counting ends one above the cap, within an index. */
const customerCount = sql`(
  SELECT count(*)::integer FROM (
    SELECT FROM customer_tags WHERE customer_tags.tag_id = tags.id LIMIT ${countCap + 1}) AS counted)`;

const TagListRow = Tag.omit({ id: true }).extend({ customer_count: z.number() });

export type TagListRow = z.infer<typeof TagListRow>;

/** One page of the tags. */
export function listTags({ deps }: ViewerContext, query: TagListQuery): Promise<ListResult<TagListRow>> {
  return listPage(deps.database, {
    select: sql`tags.name, tags.color, ${customerCount} AS customer_count`,
    from: sql`tags`,
    id: sql`tags.id`,
    where: query.q ? [containsText(sql`tags.name`, query.q)] : [],
    sort: { expression: sql`tags.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: TagListRow,
  });
}

const TagRecord = Tag.extend({ version: z.number(), customer_count: z.number() });

export type TagRecord = z.infer<typeof TagRecord>;

/** @throws NotFound */
export async function findTag({ deps }: ViewerContext, id: string): Promise<TagRecord> {
  const [row] = await deps.database.rows(
    sql`SELECT id::text, name, color, version, ${customerCount} AS customer_count FROM tags WHERE id = ${id}::uuid`,
    TagRecord,
  );
  if (!row) throw new NotFound('no such tag');
  return row;
}

/** The names of all tags, in order. */
export const listTagNames = keepChoices<string[]>(async ({ deps }) => {
  const rows = await deps.database.preparedRows(
    sql`SELECT name FROM tags ORDER BY name`,
    Tag.pick({ name: true }),
  );
  return rows.map(({ name }) => name);
});
