import { sql, type Sql } from '../../core/sql.js';

/** What can be changed in many customers at once. A name, once used, lives for ever in the log of actions. */
export const customerChangeNames = [
  'transfer',
  'release',
  'source',
  'city',
  'branch',
  'gender',
  'addTag',
  'removeTag',
  'deletion',
] as const;

export type CustomerChangeName = (typeof customerChangeNames)[number];

/**
 * The statement that changes some customers, of which it leaves those alone that have the value already. An owner brings
 * their team, and their branch where there is none.
 * @param value '' takes the value away.
 */
export function changeStatement(
  action: CustomerChangeName,
  value: string,
  ids: readonly string[],
  actorId: string,
): Sql {
  const wanted = sql`nullif(${value}, '')`;
  const chosen = sql`customers.id = ANY(${[...ids]}::uuid[])`;
  switch (action) {
    case 'transfer':
      return sql`
        UPDATE customers SET owner_id = ${wanted}::uuid, team_id = team.id,
               branch_id = coalesce(customers.branch_id, team.branch_id)
        FROM (SELECT 1) AS one LEFT JOIN LATERAL (
          SELECT teams.id, teams.branch_id FROM team_members JOIN teams ON teams.id = team_members.team_id
          WHERE team_members.user_id = ${wanted}::uuid ORDER BY team_members.id LIMIT 1) AS team ON TRUE
        WHERE ${chosen} AND customers.owner_id IS DISTINCT FROM ${wanted}::uuid`;
    case 'release':
      return sql`UPDATE customers SET owner_id = NULL, team_id = NULL, pooled_at = now(), pool_reason = 'released'
                 WHERE ${chosen} AND owner_id IS NOT NULL`;
    case 'source':
      return sql`UPDATE customers SET source = ${wanted} WHERE ${chosen} AND source IS DISTINCT FROM ${wanted}`;
    case 'city':
      return sql`UPDATE customers SET city = ${wanted} WHERE ${chosen} AND city IS DISTINCT FROM ${wanted}`;
    case 'gender':
      return sql`UPDATE customers SET gender = ${wanted} WHERE ${chosen} AND gender IS DISTINCT FROM ${wanted}`;
    case 'branch':
      return sql`UPDATE customers SET branch_id = ${wanted}::uuid
                 WHERE ${chosen} AND branch_id IS DISTINCT FROM ${wanted}::uuid`;
    case 'addTag':
      return sql`INSERT INTO customer_tags (id, customer_id, tag_id)
                 SELECT gen_random_uuid(), customers.id, tags.id FROM customers, tags
                 WHERE ${chosen} AND tags.id = ${wanted}::uuid ON CONFLICT DO NOTHING`;
    case 'removeTag':
      return sql`DELETE FROM customer_tags USING customers
                 WHERE customer_tags.customer_id = customers.id AND ${chosen} AND tag_id = ${wanted}::uuid`;
    case 'deletion':
      return sql`UPDATE customers SET deleted_at = now(), deleted_by_id = ${actorId}::uuid
                 WHERE ${chosen} AND deleted_at IS NULL`;
  }
}
