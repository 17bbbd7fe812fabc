import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { joinSql, sql, type Sql } from '../../../core/sql.js';
import { auditPeriod, containsText } from '../filters.js';
import { signInResults, type LoginLogQuery } from './login-log.schemas.js';

export const defaultLoginLogOrder: ListOrder<'at'> = { name: 'at', descending: true };

const SignInRow = z.object({
  at: z.date(),
  result: z.enum(signInResults),
  /** The name of whoever signed in; after a refusal the user name that was typed. */
  actor_name: z.string(),
  actor_id: z.string().nullable(),
  address: z.string().nullable(),
  reason: z.string().nullable(),
  user_agent: z.string().nullable(),
});

export type SignInRow = z.infer<typeof SignInRow>;

const signInActions = sql`(${joinSql(signInResults.map((result) => `sign-in.${result}`))})`;

const columns = sql`audit_log.at, substr(audit_log.action, 9) AS result, audit_log.actor_name, audit_log.actor_id::text,
  audit_log.address, audit_log.after->>'reason' AS reason, login_sessions.user_agent`;

const tables = sql`audit_log LEFT JOIN login_sessions ON login_sessions.id = (audit_log.after->>'loginSessionId')::uuid`;

/** One page of the sign-ins that were accepted, refused and ended. */
export function listSignIns({ deps }: ViewerContext, query: LoginLogQuery): Promise<ListResult<SignInRow>> {
  const order = query.sort ?? defaultLoginLogOrder;
  return listPage(deps.database, {
    select: columns,
    from: tables,
    countFrom: sql`audit_log`,
    id: sql`audit_log.id`,
    idType: 'bigint',
    where: conditions(query),
    sort: { expression: sql`audit_log.id`, type: 'bigint' },
    descending: order.descending,
    cursor: query.after,
    row: SignInRow,
  });
}

function conditions(query: LoginLogQuery): Sql[] {
  const found = [
    query.result
      ? sql`audit_log.action = ${`sign-in.${query.result}`}`
      : sql`audit_log.action IN ${signInActions}`,
    ...auditPeriod(query),
  ];
  if (query.person) found.push(signInsOf(query.person));
  if (query.q) found.push(containsText(sql`audit_log.actor_name`, query.q));
  return found;
}

/**
 * The sign-ins of a user, by way of two indexes: those recorded with the user, and refusals of their user name, which are
 * recorded with nobody.
 */
const signInsOf = (userId: string): Sql => sql`audit_log.id IN (
  SELECT own.id FROM audit_log AS own WHERE own.table_name = 'users' AND own.record_id = ${userId}
  UNION ALL
  SELECT refused.id FROM audit_log AS refused
  WHERE refused.action = 'sign-in.refused' AND refused.actor_id IS NULL
    AND refused.actor_name = (SELECT username FROM users WHERE id = ${userId}::uuid))`;

/** A user's last sign-ins, accepted and ended ones; at most ten. */
export function listRecentSignIns({ deps }: ViewerContext, userId: string): Promise<SignInRow[]> {
  return deps.database.rows(
    sql`SELECT ${columns} FROM ${tables}
        WHERE audit_log.table_name = 'users' AND audit_log.record_id = ${userId} AND audit_log.action IN ${signInActions}
        ORDER BY audit_log.id DESC LIMIT 10`,
    SignInRow,
  );
}
