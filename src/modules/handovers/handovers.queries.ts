import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { dayOf } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import { can } from '../../core/viewer.js';
import { branchesColumn, Choice } from '../customers/customer-choices.queries.js';
import { allTiersColumn } from '../tiers/effective-tier.js';
import { assignedCustomers, isAssigned, type HandoverPlan } from './handover-plan.js';
import { HandoverResult } from './handover-result.js';

export const handoverTaskKind = 'handovers.run';

const Person = Choice.extend({ is_disabled: z.boolean() });
const HandoverChoices = z.object({
  people: z.array(Person),
  branches: z.array(Choice),
  tiers: z.array(Choice),
});

/** Who can leave or receive, and what customers can be split by. */
export type HandoverChoices = z.infer<typeof HandoverChoices>;

/** Read in one statement; people at most 500. */
export async function readHandoverChoices({ deps }: ViewerContext): Promise<HandoverChoices> {
  const [choices] = await deps.database.rows(
    sql`SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'is_disabled', disabled_at IS NOT NULL)
                                 ORDER BY name, id), '[]')
                FROM (SELECT id, name, disabled_at FROM users ORDER BY name, id LIMIT 500) AS found) AS people,
               ${branchesColumn} AS branches, ${allTiersColumn} AS tiers`,
    HandoverChoices,
  );
  return HandoverChoices.parse(choices);
}

const Share = z.object({
  receiver_id: z.string().nullable(),
  name: z.string().nullable(),
  count: z.number(),
});

const HandoverPreview = z.object({
  shares: z.array(Share),
  stay: z.number(),
  /** How many of those who move are in the recycle bin. */
  binned: z.number(),
  follow_ups: z.number(),
  collaborations: z.number(),
});

/** What a handover would do at this moment, in numbers. */
export type HandoverPreview = z.infer<typeof HandoverPreview>;

export async function previewHandover({ deps }: ViewerContext, plan: HandoverPlan): Promise<HandoverPreview> {
  const from = sql`${plan.fromId}::uuid`;
  const [preview] = await deps.database.rows(
    sql`
    WITH assigned AS MATERIALIZED (${assignedCustomers(plan, dayOf(deps.now()), null, 0)}),
    shares AS (
      SELECT receiver_id, count(*)::integer AS count FROM assigned WHERE ${isAssigned(plan)} GROUP BY receiver_id)
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('receiver_id', receiver_id, 'name', users.name, 'count', count)
                              ORDER BY count DESC, users.name), '[]')
            FROM shares LEFT JOIN users ON users.id = receiver_id) AS shares,
           (SELECT count(*)::integer FROM assigned WHERE NOT ${isAssigned(plan)}) AS stay,
           (SELECT count(*)::integer FROM assigned WHERE ${isAssigned(plan)} AND is_binned) AS binned,
           (SELECT count(*)::integer FROM follow_ups
            WHERE owner_id = ${from} AND state = 'open' AND ${plan.withFollowUps}) AS follow_ups,
           (SELECT count(*)::integer FROM customers
            WHERE collaborator_ids <> '{}' AND collaborator_ids @> ARRAY[${from}]
              AND ${plan.withCollaborations}) AS collaborations`,
    HandoverPreview,
  );
  return HandoverPreview.parse(preview);
}

const HandoverRecord = z.object({
  id: z.string(),
  from_name: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  error: z.string().nullable(),
  progress_done: z.number(),
  progress_total: z.number(),
  result: HandoverResult.nullable(),
  /** Names of receivers by their ids. */
  receiver_names: z.record(z.string(), z.string()),
  is_own: z.boolean(),
  is_undoable: z.boolean(),
  undone_at: z.date().nullable(),
});

export type HandoverRecord = z.infer<typeof HandoverRecord>;

/**
 * A handover that the viewer started, with how far it is. Who looks after background jobs sees those of others.
 * @throws NotFound for those of others.
 */
export async function findHandover({ deps, viewer }: ViewerContext, id: string): Promise<HandoverRecord> {
  const [record] = await deps.database.rows(
    sql`
    SELECT tasks.payload->>'actionId' AS id, tasks.payload->>'fromName' AS from_name, tasks.state, tasks.error,
           tasks.progress_done, tasks.progress_total, tasks.result,
           (SELECT coalesce(jsonb_object_agg(users.id, users.name), '{}') FROM users
            WHERE users.id::text IN (SELECT jsonb_object_keys(tasks.result->'received'))) AS receiver_names,
           coalesce(tasks.created_by_id = ${viewer.id}::uuid, FALSE) AS is_own,
           coalesce(actions.undone_at IS NULL AND actions.undo_until > ${deps.now()}::timestamptz, FALSE) AS is_undoable,
           actions.undone_at
    FROM background_tasks AS tasks
    LEFT JOIN undoable_actions AS actions ON actions.id = (tasks.payload->>'actionId')::uuid
    WHERE tasks.kind = ${handoverTaskKind} AND tasks.payload->>'actionId' = ${id}
      AND (tasks.created_by_id = ${viewer.id}::uuid OR ${can(viewer, 'system:manage')})`,
    HandoverRecord,
  );
  if (!record) throw new NotFound('no such handover of the viewer');
  return record;
}
