import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';

const Choice = z.object({ id: z.string(), name: z.string() });
const ShippedChoice = Choice.extend({ shippedKey: z.string().nullable() });

const SettingChoices = z.object({
  teams: z.array(Choice),
  skills: z.array(Choice),
  tiers: z.array(Choice),
  types: z.array(ShippedChoice),
});

export type SettingChoices = z.infer<typeof SettingChoices>;

const listed = (rows: Sql): Sql => sql`(SELECT coalesce(jsonb_agg(rows), '[]') FROM (${rows}) AS rows)`;

/** What settings can refer to, in one statement: what is in use, and of the rest what is chosen already. */
export async function readSettingChoices(
  { deps }: ViewerContext,
  chosen: readonly (string | null)[] = [],
): Promise<SettingChoices> {
  const kept = sql`id = ANY(${chosen.filter((id) => id !== null)}::uuid[])`;
  const [row] = await deps.database.preparedRows(
    sql`SELECT ${listed(sql`SELECT id, name FROM teams ORDER BY name`)} AS teams,
               ${listed(sql`SELECT id, name FROM skills WHERE archived_at IS NULL OR ${kept} ORDER BY name`)} AS skills,
               ${listed(sql`SELECT id, name FROM tiers ORDER BY rank`)} AS tiers,
               ${listed(sql`SELECT id, name, shipped_key AS "shippedKey" FROM request_types
                            WHERE archived_at IS NULL OR ${kept} ORDER BY position, name`)} AS types`,
    SettingChoices,
  );
  return SettingChoices.parse(row);
}

/** Such records as the choices of a field. */
export const choiceOptions = (choices: readonly z.infer<typeof Choice>[]) =>
  choices.map(({ id, name }) => ({ value: id, label: name }));
