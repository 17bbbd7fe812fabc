import type { Context } from './context.js';
import type { AuditAction } from './unit-of-work.js';

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
  const { actor } = context;
  await context.deps.database.pool.query(
    'SELECT record_event($1::uuid, $2, $3::uuid, $4, $5, $6, $7::jsonb, $8, $9)',
    [
      actor.id,
      actor.name,
      actor.actingForId ?? null,
      event.action,
      event.tableName ?? null,
      event.recordId ?? null,
      JSON.stringify(event.details ?? {}),
      actor.requestId ?? null,
      actor.address ?? null,
    ],
  );
}
