import { z } from 'zod';
import { sql } from '../../core/sql.js';

/** The colours of labels, in the order in which they are offered. */
export const tagColors = ['secondary', 'blue', 'green', 'yellow', 'red'] as const;
export type TagColor = (typeof tagColors)[number];

/** Tags at once, those that a list filters by at once, and the longest name in characters. */
export const tagLimits = { tags: 200, filter: 5, name: 40 } as const;

/** What stands between names in a cell of a file; so no name holds one. */
export const tagSeparator = /[;；,，、\n]/;

export const Tag = z.object({ id: z.string(), name: z.string(), color: z.enum(tagColors) });

export type Tag = z.infer<typeof Tag>;

const asJson = sql`coalesce(jsonb_agg(jsonb_build_object('id', tags.id, 'name', tags.name, 'color', tags.color)
                                      ORDER BY tags.name), '[]')`;

/** A column of a SELECT from `customers`: the tags of the customer by name, as JSON. */
export const customerTagsColumn = sql`(
  SELECT ${asJson} FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id
  WHERE customer_tags.customer_id = customers.id)`;

/** The same as an array of names. */
export const customerTagNamesColumn = sql`ARRAY(
  SELECT tags.name FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id
  WHERE customer_tags.customer_id = customers.id ORDER BY tags.name)`;

/** A column of a SELECT: every tag by name, as JSON; they are few. */
export const allTagsColumn = sql`(SELECT ${asJson} FROM tags)`;
