import connectPgSimple from 'connect-pg-simple';
import type { Request } from 'express';
import session, { type SessionData } from 'express-session';
import type pg from 'pg';
import type { Viewer } from '../viewer.js';

/** What a browser's cookie stands for, and who is signed in there. */
export interface FoundSession {
  readonly session: SessionData;
  readonly viewer: Viewer | undefined;
}

export interface SessionStoreOptions {
  readonly pool: pg.Pool;
  /** Whether rows that have expired are deleted now and then. */
  readonly prunes: boolean;
  /** Reads an open session by the id in the cookie. */
  find(id: string): Promise<FoundSession | undefined>;
}

const PostgresStore = connectPgSimple(session);

/**
 * Sessions in PostgreSQL. Each request reads its session, and then who is signed in: here one statement brings both, and
 * the second question is answered by what the first has found.
 */
export class SessionStore extends PostgresStore {
  readonly #find: (id: string) => Promise<FoundSession | undefined>;
  readonly #viewers = new WeakMap<SessionData, Viewer>();
  readonly #viewersByRequest = new WeakMap<Request, Viewer>();

  constructor({ pool, prunes, ...options }: SessionStoreOptions) {
    super({
      pool,
      tableName: 'sessions',
      disableTouch: true,
      pruneSessionInterval: prunes ? 15 * 60 : false,
    });
    this.#find = (id) => options.find(id);
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#find(id).then((found) => {
      if (found?.viewer) this.#viewers.set(found.session, found.viewer);
      done(null, found?.session);
    }, done);
  }

  /** Called by express-session with what `get` has found. */
  override createSession(req: Request, found: SessionData): session.Session & SessionData {
    const viewer = this.#viewers.get(found);
    if (viewer) this.#viewersByRequest.set(req, viewer);
    return super.createSession(req, found);
  }

  /** Who was signed in when the session of this request was read. */
  viewerOf = (req: Request): Viewer | undefined => this.#viewersByRequest.get(req);
}
