import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql, type Sql } from '../../core/sql.js';
import { scopeOf, type Viewer } from '../../core/viewer.js';
import { customerScopeOf } from '../customers/customers.scope.js';

const Person = z.object({ id: z.string(), name: z.string() });

/** Somebody who can have a follow-up. */
export type FollowUpOwner = z.infer<typeof Person>;

/**
 * To whom the viewer can give a follow-up of this customer: people who see the customer and work on follow-ups, as far
 * as the viewer's own permission reaches: themselves, members of their teams, or everybody. At most 500.
 */
export function listPossibleOwners(context: ViewerContext, customerId: string): Promise<FollowUpOwner[]> {
  const { deps, viewer } = context;
  return deps.database.preparedRows(
    sql`SELECT users.id::text, users.name FROM users, customers
        WHERE customers.id = ${customerId}::uuid AND ${canOwn(viewer)}
        ORDER BY users.name, users.id LIMIT 500`,
    Person,
  );
}

/** True for one of them. */
export async function isPossibleOwner(
  { deps, viewer }: ViewerContext,
  customerId: string,
  ownerId: string,
): Promise<boolean> {
  const found = await deps.database.preparedRows(
    sql`SELECT users.id::text, users.name FROM users, customers
        WHERE users.id = ${ownerId}::uuid AND customers.id = ${customerId}::uuid AND ${canOwn(viewer)}`,
    Person,
  );
  return found.length === 1;
}

/** Whose follow-ups the viewer can look at: the choices of the list's filter. At most 500. */
export function listOthers({ deps, viewer }: ViewerContext): Promise<FollowUpOwner[]> {
  return deps.database.preparedRows(
    sql`SELECT users.id::text, users.name FROM users
        WHERE users.disabled_at IS NULL AND users.id <> ${viewer.id}::uuid AND ${withinReach(viewer)}
        ORDER BY users.name, users.id LIMIT 500`,
    Person,
  );
}

const canOwn = (viewer: Viewer): Sql => sql`(users.disabled_at IS NULL AND ${withinReach(viewer)}
  AND ${customerScopeOf(sql`users.id`)} AND ${worksOnFollowUps(sql`users.id`)})`;

/** True for a user who holds the permission at all: others have no list to look at. */
export const worksOnFollowUps = (userId: Sql): Sql => sql`EXISTS (
  SELECT FROM user_roles JOIN role_grants ON role_grants.role_id = user_roles.role_id
  WHERE user_roles.user_id = ${userId} AND role_grants.permission = 'follow-ups:manage')`;

function withinReach(viewer: Viewer): Sql {
  switch (scopeOf(viewer, 'follow-ups:manage')) {
    case 'all':
      return sql`TRUE`;
    case 'team':
      return sql`(users.id = ${viewer.id}::uuid OR EXISTS (
        SELECT FROM team_members
        WHERE team_members.user_id = users.id AND team_members.team_id = ANY(${[...viewer.teamIds]}::uuid[])))`;
    case 'own':
      return sql`users.id = ${viewer.id}::uuid`;
    case undefined:
      return sql`FALSE`;
  }
}
