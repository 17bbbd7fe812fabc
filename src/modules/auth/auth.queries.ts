import { z } from 'zod';
import type { Database } from '../../core/database.js';
import { asLocale } from '../../core/i18n.js';
import { addUpGrants } from '../../core/permissions.js';
import { choicesVersionColumn } from '../../core/kept-choices.js';
import { sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';
import { collaboratesColumn } from '../customers/collaborator.js';
import { dueCount } from '../follow-ups/follow-ups.queries.js';
import { unreadCount } from '../notifications/notifications.queries.js';

/** Hours without a request after which a sign-in ends, and after which it ends in any case. */
const idleHours = 2;
const absoluteHours = 12;

const ViewerRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  locale: z.string().nullable(),
  theme: z.enum(['auto', 'light', 'dark']),
  must_change_password: z.boolean(),
  team_ids: z.array(z.string()),
  grants: z.array(z.object({ permission: z.string(), scope: z.string() })),
  collaborates: z.boolean(),
  seen_minute_ago: z.boolean(),
  unread_count: z.number(),
  due_count: z.number(),
  choices_version: z.string(),
});

/**
 * The viewer of a login session in one statement: user, teams, grants of all roles, and what waits behind the bell. Undefined when the session was
 * ended, is too old, or the user was disabled.
 */
export async function findViewer(database: Database, loginSessionId: string): Promise<Viewer | undefined> {
  const [row] = await database.preparedRows(
    sql`
    SELECT users.id, users.username, users.name, users.locale, users.theme, users.must_change_password,
           ARRAY(SELECT team_id::text FROM team_members WHERE team_members.user_id = users.id) AS team_ids,
           coalesce((SELECT json_agg(json_build_object('permission', permission, 'scope', scope))
                     FROM user_roles JOIN role_grants USING (role_id)
                     WHERE user_roles.user_id = users.id), '[]') AS grants,
           ${collaboratesColumn(sql`users.id`)} AS collaborates,
           login_sessions.last_seen_at < now() - interval '1 minute' AS seen_minute_ago,
           ${unreadCount(sql`users.id`)} AS unread_count, ${dueCount(sql`users.id`)} AS due_count,
           ${choicesVersionColumn} AS choices_version
    FROM login_sessions JOIN users ON users.id = login_sessions.user_id
    WHERE login_sessions.id = ${loginSessionId}::uuid
      AND login_sessions.ended_at IS NULL
      AND login_sessions.last_seen_at > now() - make_interval(hours => ${idleHours}::int)
      AND login_sessions.created_at > now() - make_interval(hours => ${absoluteHours}::int)
      AND users.disabled_at IS NULL`,
    ViewerRow,
  );
  if (!row) return undefined;
  if (row.seen_minute_ago) {
    await database.pool.query('UPDATE login_sessions SET last_seen_at = now() WHERE id = $1', [
      loginSessionId,
    ]);
  }
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    locale: asLocale(row.locale),
    theme: row.theme,
    mustChangePassword: row.must_change_password,
    teamIds: row.team_ids,
    collaborates: row.collaborates,
    grants: addUpGrants(row.grants),
    loginSessionId,
    choicesVersion: row.choices_version,
    reminders: { unread: row.unread_count, due: row.due_count },
  };
}

const OwnSession = z.object({
  id: z.string(),
  address: z.string(),
  user_agent: z.string(),
  created_at: z.date(),
  last_seen_at: z.date(),
});

export type OwnSessionRow = z.infer<typeof OwnSession>;

/** The open sign-ins of a user, newest first, at most 50. */
export function listOpenSessions(database: Database, userId: string): Promise<OwnSessionRow[]> {
  return database.preparedRows(
    sql`
    SELECT id, address, user_agent, created_at, last_seen_at FROM login_sessions
    WHERE user_id = ${userId}::uuid AND ended_at IS NULL
      AND last_seen_at > now() - make_interval(hours => ${idleHours}::int)
      AND created_at > now() - make_interval(hours => ${absoluteHours}::int)
    ORDER BY created_at DESC LIMIT 50`,
    OwnSession,
  );
}
