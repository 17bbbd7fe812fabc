import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { countCap } from '../../core/lists/list.js';
import { sql } from '../../core/sql.js';
import { CustomField } from './custom-field.js';

const DefinedField = CustomField.extend({
  id: z.string(),
  isArchived: z.boolean(),
  version: z.number(),
});

/** A field with what its administration needs. */
export type DefinedField = z.infer<typeof DefinedField>;

const columns = sql`id::text, key, label, kind, choices, is_required AS "isRequired",
  archived_at IS NOT NULL AS "isArchived", version`;

/** The fields in use, in their order. */
export const readCustomFields = ({ deps }: Pick<Context, 'deps'>): Promise<CustomField[]> =>
  deps.database.rows(
    sql`SELECT ${columns} FROM custom_fields WHERE archived_at IS NULL ORDER BY position, id`,
    CustomField,
  );

/** Every field in order, archived ones last. */
export const listDefinedFields = ({ deps }: Pick<Context, 'deps'>): Promise<DefinedField[]> =>
  deps.database.rows(
    sql`SELECT ${columns} FROM custom_fields ORDER BY archived_at IS NOT NULL, position, id`,
    DefinedField,
  );

/** @throws NotFound */
export async function findDefinedField({ deps }: Pick<Context, 'deps'>, id: string): Promise<DefinedField> {
  const [field] = await deps.database.rows(
    sql`SELECT ${columns} FROM custom_fields WHERE id = ${id}::uuid`,
    DefinedField,
  );
  if (!field) throw new NotFound('no such custom field');
  return field;
}

const HolderCount = z.object({ choice: z.string(), count: z.number() });

/** How many customers hold each of some choices of a field; counting ends one above the cap, within an index. */
export async function countHolders(
  { deps }: Pick<Context, 'deps'>,
  key: string,
  choices: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (choices.length === 0) return new Map();
  const rows = await deps.database.rows(
    sql`SELECT choice, (SELECT count(*)::integer FROM (
               SELECT FROM customers WHERE custom_values @> jsonb_build_object(${key}::text, choice)
               LIMIT ${countCap + 1}) AS counted) AS count
        FROM unnest(${[...choices]}::text[]) AS choice`,
    HolderCount,
  );
  return new Map(rows.map(({ choice, count }) => [choice, count]));
}
