import type { Transaction } from '../../core/database.js';
import type { AuditEvent } from '../../core/events.js';
import type { Actor } from '../../core/unit-of-work.js';

/** Writes an event to the log within a unit of work, so that it stands there if and only if the change does. */
export async function recordEventWithin(tx: Transaction, actor: Actor, event: AuditEvent): Promise<void> {
  await tx.$executeRaw`
    SELECT record_event(${actor.id}::uuid, ${actor.name}, ${actor.actingForId ?? null}::uuid, ${event.action},
      ${event.tableName ?? null}, ${event.recordId ?? null}, ${JSON.stringify(event.details ?? {})}::jsonb,
      ${actor.requestId ?? null}, ${actor.address ?? null})`;
}
