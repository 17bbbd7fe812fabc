import { promisify } from 'node:util';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-local';
import type pg from 'pg';
import type { Config } from '../../config.js';
import type { Flash, SignInProblem } from '../reply.js';
import type { Viewer } from '../viewer.js';
import { SessionStore, type FoundSession } from './session-store.js';

declare module 'express-session' {
  interface SessionData {
    flash?: Flash;
  }
}

/** Hours after which a sign-in ends whatever happens; idle ones end sooner (see the query that reads the viewer). */
export const absoluteSessionHours = 12;

/** The sign-in was not accepted; the problem says why in the user's words. */
export class SignInRefused extends Error {
  constructor(readonly problem: SignInProblem) {
    super(problem.key);
  }
}

export interface Authentication {
  /**
   * Checks a password and opens a login session.
   * @throws SignInRefused
   */
  signIn(credentials: { username: string; password: string }, req: Request): Promise<Viewer>;
  /** An open session by the id in the cookie; without a viewer when the sign-in was ended. */
  findSession(id: string): Promise<FoundSession | undefined>;
}

type FoundUser = (error: unknown, user?: Express.User | false) => void;

export interface Sessions {
  /** Put before every page: reads the session and who is signed in. */
  readonly handlers: readonly RequestHandler[];
  /**
   * Signs in with the fields `username` and `password` of the request's body, under a new session id.
   * @throws SignInRefused
   */
  signIn(req: Request, res: Response): Promise<void>;
  signOut(req: Request): Promise<void>;
}

/**
 * Cookie session, kept in PostgreSQL, and passport over it. The session holds the id of a login session only; that row
 * is read on each request, so a session that was ended stays ended even if a request in flight writes its cookie row back.
 */
export function createSessions(
  config: Config,
  pool: pg.Pool,
  secret: string,
  auth: Authentication,
): Sessions {
  const secure = config.baseUrl.startsWith('https:');
  const store = new SessionStore({
    pool,
    prunes: config.environment !== 'test',
    find: (id) => auth.findSession(id),
  });
  const authenticator = new passport.Passport();

  authenticator.use(
    new Strategy({ passReqToCallback: true }, (req, username, password, done) => {
      auth.signIn({ username, password }, req).then((viewer) => done(null, viewer), done);
    }),
  );
  authenticator.serializeUser((user, done) => done(null, user.loginSessionId));
  authenticator.deserializeUser<string>((req: Request, loginSessionId: string, done: FoundUser) => {
    const viewer = store.viewerOf(req);
    done(null, viewer?.loginSessionId === loginSessionId && viewer);
  });

  return {
    handlers: [
      session({
        name: secure ? '__Host-session' : 'session',
        secret,
        resave: false,
        saveUninitialized: false,
        cookie: {
          httpOnly: true,
          sameSite: 'lax',
          secure,
          path: '/',
          maxAge: absoluteSessionHours * 3_600_000,
        },
        store,
      }),
      authenticator.initialize(),
      authenticator.session(),
    ],
    async signIn(req, res) {
      const viewer = await new Promise<Express.User>((resolve, reject) => {
        const settle = (error: unknown, user?: Express.User | false) => {
          if (error instanceof Error) reject(error);
          else if (user) resolve(user);
          else reject(new SignInRefused({ key: 'auth.wrongCredentials', params: {}, status: 401 }));
        };
        const authenticate = authenticator.authenticate('local', settle) as RequestHandler;
        void authenticate(req, res, reject);
      });
      await promisify<Express.User>(req.logIn.bind(req))(viewer);
    },
    signOut: (req) => promisify(req.logOut.bind(req))(),
  };
}
