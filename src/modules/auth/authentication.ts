import type { Request } from 'express';
import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../core/context.js';
import { recordEvent } from '../../core/events.js';
import { contextOf } from '../../core/http/request.js';
import { SignInRefused, type Authentication } from '../../core/http/session.js';
import type { Viewer } from '../../core/viewer.js';
import { findSession, findViewer } from './auth.queries.js';
import { createSignInLimits } from './sign-in-limits.js';

const longestUsername = 100;

/** Signing in by password. Every attempt is an event of the audit log; which part was wrong is told to nobody. */
export function createAuthentication(deps: Dependencies): Authentication {
  const { database, passwords } = deps;
  const limits = createSignInLimits(database.sessionPool);

  const refuse = async (req: Request, username: string, reason: string): Promise<SignInRefused> => {
    await recordEvent(
      { deps, actor: { ...contextOf(deps, req).actor, id: null, name: username || 'anonymous' } },
      { action: 'sign-in.refused', details: { reason } },
    );
    return new SignInRefused({ key: 'auth.wrongCredentials', params: {}, status: 401 });
  };

  return {
    findSession: (id) => findSession(database, id),

    async signIn(credentials, req): Promise<Viewer> {
      const username = credentials.username
        .trim()
        .toLowerCase()
        .replaceAll('\u0000', '')
        .toWellFormed()
        .slice(0, longestUsername);
      const address = req.ip ?? '';
      const waitSeconds = await limits.count(username, address);
      if (waitSeconds > 0) {
        await refuse(req, username, 'locked-out');
        const minutes = Math.ceil(waitSeconds / 60);
        throw new SignInRefused({ key: 'auth.lockedOut', params: { count: minutes }, status: 429 });
      }
      const user = await database.models.user.findUnique({
        where: { username },
        select: { id: true, name: true, passwordHash: true, disabledAt: true },
      });
      const isRight = await passwords.verify(credentials.password, user?.passwordHash);
      if (!user || !isRight) throw await refuse(req, username, user ? 'wrong-password' : 'unknown-user');
      if (user.disabledAt) throw await refuse(req, username, 'disabled-user');

      const loginSessionId = newId();
      await database.pool.query(
        'INSERT INTO login_sessions (id, user_id, address, user_agent) VALUES ($1, $2, $3, $4)',
        [loginSessionId, user.id, address, (req.headers['user-agent'] ?? '').slice(0, 300)],
      );
      await limits.clear(username, address);
      await recordEvent(
        { deps, actor: { ...contextOf(deps, req).actor, id: user.id, name: user.name } },
        { action: 'sign-in.accepted', tableName: 'users', recordId: user.id, details: { loginSessionId } },
      );
      const viewer = await findViewer(database, loginSessionId);
      if (!viewer) throw await refuse(req, username, 'disabled-user');
      return viewer;
    },
  };
}
