import { z } from 'zod';
import type { Context, Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { recordEventWithin } from '../../core/events.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { rulesCondition } from './compile-rules.js';
import { RuleTree } from './rules.js';
import type { SegmentCatalogue } from './segment-catalogue.js';
import { segmentTables } from './segment-tables.js';

export const refreshTaskKind = 'segments.refresh';

const Stored = z.object({ rules: RuleTree });
const Found = z.object({ members: z.number(), added: z.number(), removed: z.number() });

/**
 * Finds the members of a segment anew within a unit of work, in one statement that writes only what differs. Refreshes
 * of one segment wait for one another, and the later one goes by the rules that are saved by then. Does nothing when
 * the segment is gone. Nobody else adds members, so that no conflict of keys needs to be looked for.
 */
export async function refreshSegment(
  tx: Transaction,
  { deps, actor }: Pick<Context, 'deps' | 'actor'>,
  segmentId: string,
  catalogue: SegmentCatalogue,
): Promise<void> {
  const began = performance.now();
  // An advisory lock, so that changing or deleting the segment need not wait for a refresh.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${segmentId}, 0))`;
  const [segment] = Stored.array().parse(
    await tx.$queryRaw`SELECT rules FROM segments WHERE id = ${segmentId}::uuid AND deleted_at IS NULL`,
  );
  if (!segment) return;
  const found = await writeMembers(tx, deps, segmentId, segment.rules, catalogue);
  const refresh = {
    refreshedAt: deps.now(),
    memberCount: found.members,
    durationMillis: Math.round(performance.now() - began),
  };
  await tx.segmentRefresh.upsert({
    where: { segmentId },
    create: { segmentId, ...refresh },
    update: refresh,
  });
  await recordEventWithin(tx, actor, {
    action: 'segments.refreshed',
    tableName: 'segments',
    recordId: segmentId,
    details: found,
  });
}

async function writeMembers(
  tx: Transaction,
  deps: Pick<Dependencies, 'now'>,
  segmentId: string,
  rules: z.infer<typeof RuleTree>,
  catalogue: SegmentCatalogue,
): Promise<z.infer<typeof Found>> {
  const condition = rulesCondition(rules, catalogue, { today: dayOf(deps.now()), reach: 'all' });
  const [found] = Found.array().parse(
    await tx.$queryRaw(sql`
      WITH fitting AS MATERIALIZED (
        SELECT customers.id FROM ${segmentTables} WHERE customers.deleted_at IS NULL AND ${condition}),
      removed AS (
        DELETE FROM segment_members WHERE segment_id = ${segmentId}::uuid
          AND NOT EXISTS (SELECT FROM fitting WHERE fitting.id = segment_members.customer_id) RETURNING 1),
      added AS (
        INSERT INTO segment_members (segment_id, customer_id, added_at)
        SELECT ${segmentId}::uuid, fitting.id, ${deps.now()}::timestamptz FROM fitting
        WHERE NOT EXISTS (SELECT FROM segment_members AS held
                          WHERE held.segment_id = ${segmentId}::uuid AND held.customer_id = fitting.id)
        ORDER BY fitting.id RETURNING 1)
      SELECT (SELECT count(*)::integer FROM fitting) AS members, (SELECT count(*)::integer FROM added) AS added,
             (SELECT count(*)::integer FROM removed) AS removed`),
  );
  return Found.parse(found);
}
