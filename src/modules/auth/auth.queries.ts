import type { SessionData } from 'express-session';
import { z } from 'zod';
import type { Database } from '../../core/database.js';
import { asLocale } from '../../core/i18n.js';
import { addUpGrants } from '../../core/permissions.js';
import { choicesVersionColumn } from '../../core/kept-choices.js';
import type { FoundSession } from '../../core/http/session-store.js';
import { sql, type Sql } from '../../core/sql.js';
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
  login_session_id: z.string(),
  seen_minute_ago: z.boolean(),
  unread_count: z.number(),
  due_count: z.number(),
  choices_version: z.string(),
});

type ViewerRow = z.infer<typeof ViewerRow>;

/**
 * The viewer of a login session; no row when the session was ended, is too old, or the user was disabled. The limit keeps
 * the planner from reading all users first where this is joined.
 */
const viewerOf = (loginSessionId: Sql): Sql => sql`
  SELECT users.id, users.username, users.name, users.locale, users.theme, users.must_change_password,
         ARRAY(SELECT team_id::text FROM team_members WHERE team_members.user_id = users.id) AS team_ids,
         coalesce((SELECT json_agg(json_build_object('permission', permission, 'scope', scope))
                   FROM user_roles JOIN role_grants USING (role_id)
                   WHERE user_roles.user_id = users.id), '[]') AS grants,
         ${collaboratesColumn(sql`users.id`)} AS collaborates,
         login_sessions.id AS login_session_id,
         login_sessions.last_seen_at < now() - interval '1 minute' AS seen_minute_ago,
         ${unreadCount(sql`users.id`)} AS unread_count, ${dueCount(sql`users.id`)} AS due_count,
         ${choicesVersionColumn} AS choices_version
  FROM login_sessions JOIN users ON users.id = login_sessions.user_id
  WHERE login_sessions.id = ${loginSessionId}
    AND login_sessions.ended_at IS NULL
    AND login_sessions.last_seen_at > now() - make_interval(hours => ${idleHours}::int)
    AND login_sessions.created_at > now() - make_interval(hours => ${absoluteHours}::int)
    AND users.disabled_at IS NULL
  LIMIT 1`;

/** Who has just signed in. Undefined when the user was disabled meanwhile. */
export async function findViewer(database: Database, loginSessionId: string): Promise<Viewer | undefined> {
  const [row] = await database.preparedRows(viewerOf(sql`${loginSessionId}::uuid`), ViewerRow);
  return row && (await seen(database, row));
}

const SessionRow = z.object({
  sess: z.custom<SessionData>((value) => typeof value === 'object' && value !== null && 'cookie' in value),
});

const FoundRow = z.union([SessionRow.extend(ViewerRow.shape), SessionRow]);

/**
 * What the cookie of a browser stands for, and in the same statement whoever is signed in there: user, teams, grants of
 * all roles, and what waits behind the bell.
 */
export async function findSession(database: Database, id: string): Promise<FoundSession | undefined> {
  const [row] = await database.preparedRows(
    sql`
    SELECT sessions.sess, viewer.*
    FROM sessions
    LEFT JOIN LATERAL (${viewerOf(sql`(sessions.sess #>> '{passport,user}')::uuid`)}) AS viewer ON true
    WHERE sessions.sid = ${id} AND sessions.expire >= now()`,
    FoundRow,
  );
  if (!row) return undefined;
  return { session: row.sess, viewer: 'id' in row ? await seen(database, row) : undefined };
}

/** The viewer of a row. That they were here is written once a minute. */
async function seen(database: Database, row: ViewerRow): Promise<Viewer> {
  if (row.seen_minute_ago) {
    await database.pool.query('UPDATE login_sessions SET last_seen_at = now() WHERE id = $1', [
      row.login_session_id,
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
    loginSessionId: row.login_session_id,
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
