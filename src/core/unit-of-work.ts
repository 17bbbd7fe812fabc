import { setTimeout as delay } from 'node:timers/promises';
import { Prisma } from '../generated/prisma/client.js';
import type { Context } from './context.js';
import type { Transaction } from './database.js';
import { Unavailable } from './errors.js';

/** Who a change is attributed to. A job acts in its own name, or in that of the user who started it. */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
  readonly actingForId?: string;
  readonly requestId?: string;
  readonly address?: string;
}

export interface UnitOfWorkOptions {
  /** The action of the undo centre that this change belongs to. */
  readonly undoableActionId?: string;
  /** Lets rows keep the version and time of change that are written to them: for undo alone. */
  readonly restoring?: boolean;
  /** Milliseconds after which the transaction is given up; 5,000 unless told. */
  readonly timeoutMillis?: number;
}

/** Audit actions are written once and live for ever: `<module>.<what happened>`. */
export type AuditAction = `${string}.${string}`;

const maximumAttempts = 4;

/**
 * The only way to write. Runs `work` in one transaction that carries who acts and what they do; the database's triggers
 * turn each changed row into an audit row and refuse statements without an actor. Retries when PostgreSQL reports a
 * write conflict or a deadlock. Nothing that talks to the network belongs inside.
 * @throws Unavailable when no connection is free within the time.
 */
export async function unitOfWork<Result>(
  context: Pick<Context, 'deps' | 'actor'>,
  action: AuditAction,
  work: (tx: Transaction) => Promise<Result>,
  options: UnitOfWorkOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.deps.database.client.$transaction(
        async (tx) => {
          await attribute(tx, context.actor, action, options);
          return work(tx);
        },
        { maxWait: 4_000, timeout: options.timeoutMillis ?? 5_000 },
      );
    } catch (error) {
      if (isOutOfReach(error))
        throw new Unavailable('no transaction could be started in time', { cause: error });
      if (attempt === maximumAttempts || !isWriteConflict(error)) throw error;
      await delay(2 ** attempt * 10 * (1 + Math.random()));
    }
  }
}

async function attribute(
  tx: Transaction,
  actor: Actor,
  action: AuditAction,
  options: UnitOfWorkOptions,
): Promise<void> {
  await tx.$queryRaw`SELECT
    set_config('audit.actor_id', ${actor.id ?? ''}, true),
    set_config('audit.actor_name', ${actor.name}, true),
    set_config('audit.acting_for_id', ${actor.actingForId ?? ''}, true),
    set_config('audit.action', ${action}, true),
    set_config('audit.request_id', ${actor.requestId ?? ''}, true),
    set_config('audit.address', ${actor.address ?? ''}, true),
    set_config('audit.undoable_action_id', ${options.undoableActionId ?? ''}, true),
    set_config('audit.restoring', ${options.restoring ? 'on' : ''}, true)`;
}

/** P2034: a write conflict or a deadlock. Statements written as SQL report the same one as P2010 with a cause. */
function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2034' || JSON.stringify(error.meta ?? {}).includes('"TransactionWriteConflict"');
}

/** P2028: no transaction could be started in time. P1001, P1002, P1017: the database cannot be reached. */
function isOutOfReach(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    ['P2028', 'P1001', 'P1002', 'P1017'].includes(error.code) &&
    !error.message.includes('expired transaction')
  );
}

/**
 * True when a unique key refused the row; `column` narrows it to one key. P2002; statements written as SQL report P2010
 * with a cause.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const meta = JSON.stringify(error.meta ?? {});
  if (error.code !== 'P2002' && !meta.includes('"UniqueConstraintViolation"')) return false;
  return column === undefined || meta.includes(column);
}
