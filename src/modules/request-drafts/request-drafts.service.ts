import type { Dependencies, ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Forbidden } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { findRequest } from '../service-requests/service-requests.queries.js';
import { draftDays, type RequestDraft } from './request-draft.js';
import type { DraftForm } from './request-drafts.schemas.js';

/**
 * Keeps what the viewer has typed on a request until it is sent; without words there is no draft, and undefined comes
 * back. Words that arrive after their entry was sent are not kept.
 * @throws NotFound, Forbidden
 */
export async function keepDraft(
  context: ViewerContext,
  requestId: string,
  { id: entryId, kind, body }: DraftForm,
): Promise<RequestDraft | undefined> {
  if (body === null) {
    await discardDraft(context, requestId);
    return undefined;
  }
  await mustWork(context, requestId);
  const { deps, viewer } = context;
  const keptAt = deps.now();
  const { text, values } = sql`
    INSERT INTO request_drafts (request_id, user_id, kind, body, updated_at)
    SELECT ${requestId}::uuid, ${viewer.id}::uuid, ${kind}, ${body}, ${keptAt}::timestamptz
    WHERE NOT EXISTS (SELECT FROM request_entries WHERE id = ${entryId}::uuid)
    ON CONFLICT (request_id, user_id)
    DO UPDATE SET kind = excluded.kind, body = excluded.body, updated_at = excluded.updated_at`;
  const { rowCount } = await deps.database.pool.query({ text, values });
  return rowCount === 0 ? undefined : { kind, body, keptAt };
}

/** Drops the words that the viewer has not sent. @throws NotFound, Forbidden */
export async function discardDraft(context: ViewerContext, requestId: string): Promise<void> {
  await mustWork(context, requestId);
  const { deps, viewer } = context;
  const ofViewer = 'DELETE FROM request_drafts WHERE request_id = $1 AND user_id = $2';
  await deps.database.pool.query(ofViewer, [requestId, viewer.id]);
}

async function mustWork(context: ViewerContext, requestId: string): Promise<void> {
  const { can_work: canWork } = await findRequest(context, requestId);
  if (!canWork) throw new Forbidden('service-requests:work');
}

/** Forgets the draft of whoever has just sent their words, in the caller's unit of work. */
export async function forgetSent(tx: Transaction, requestId: string, userId: string): Promise<void> {
  await tx.requestDraft.deleteMany({ where: { requestId, userId } });
}

/**
 * Lets the drafts on a request go on with the one that it is merged into. Whoever has one on both goes on with the words
 * of both; of two kinds they are a note, which no customer reads.
 */
export async function moveDrafts(tx: Transaction, from: string, to: string): Promise<void> {
  await tx.$executeRaw(sql`
    WITH going AS (DELETE FROM request_drafts WHERE request_id = ${from}::uuid RETURNING user_id, kind, body, updated_at)
    INSERT INTO request_drafts AS staying (request_id, user_id, kind, body, updated_at)
    SELECT ${to}::uuid, user_id, kind, body, updated_at FROM going
    ON CONFLICT (request_id, user_id) DO UPDATE SET
      kind = CASE WHEN staying.kind = excluded.kind THEN staying.kind ELSE 'note' END,
      body = staying.body || E'\n\n' || excluded.body,
      updated_at = greatest(staying.updated_at, excluded.updated_at)`);
}

/** Forgets drafts that nobody went on with for a month. */
export async function forgetDrafts({ database, now }: Pick<Dependencies, 'database' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - draftDays * 86_400_000);
  await database.pool.query('DELETE FROM request_drafts WHERE updated_at < $1', [before]);
}
