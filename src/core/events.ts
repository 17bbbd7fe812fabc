import type { Context } from './context.js';
import type { Transaction } from './database.js';
import { sql, type Sql } from './sql.js';
import type { Actor, AuditAction } from './unit-of-work.js';

export interface AuditEvent {
  readonly action: AuditAction;
  readonly tableName?: string;
  readonly recordId?: string;
  /** What is worth knowing later; never a secret, never contact data. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes an event that changes no row (sign-in, denial, export, reveal) to the audit log, attributed to the context's actor. */
export async function recordEvent(
  context: Pick<Context, 'deps' | 'actor'>,
  event: AuditEvent,
): Promise<void> {
  const { text, values } = eventStatement(context.actor, event);
  await context.deps.database.pool.query({ text, values });
}

/** Writes an event to the log within a unit of work, so that it stands there if and only if the change does. */
export async function recordEventWithin(tx: Transaction, actor: Actor, event: AuditEvent): Promise<void> {
  await tx.$executeRaw(eventStatement(actor, event));
}

const eventStatement = (actor: Actor, event: AuditEvent): Sql => sql`
  SELECT record_event(${actor.id}::uuid, ${actor.name}, ${actor.actingForId ?? null}::uuid, ${event.action},
    ${event.tableName ?? null}, ${event.recordId ?? null}, ${JSON.stringify(event.details ?? {})}::jsonb,
    ${actor.requestId ?? null}, ${actor.address ?? null})`;
