import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { DeadlinePolicy } from './deadline-policy.js';

const PolicyRecord = DeadlinePolicy.extend({
  escalationUserIds: z.array(z.string()),
  isArchived: z.boolean(),
  /** Requests were counted by it. */
  isUsed: z.boolean(),
  version: z.number(),
});

/** A policy with what its administration needs. */
export type PolicyRecord = z.infer<typeof PolicyRecord>;

/** Every policy; they are few. */
export const listPolicies = ({ deps }: ViewerContext): Promise<PolicyRecord[]> =>
  deps.database.rows(
    sql`SELECT id::text, name, type_id::text AS "typeId", priority, tier_id::text AS "tierId",
               calendar_id::text AS "calendarId",
               jsonb_build_object('firstResponse', first_response_minutes, 'update', update_minutes,
                                  'resolution', resolution_minutes) AS targets,
               warning_minutes AS "warningMinutes", escalation_user_ids::text[] AS "escalationUserIds", position,
               archived_at IS NOT NULL AS "isArchived",
               EXISTS (SELECT FROM service_requests WHERE policy_id = deadline_policies.id) AS "isUsed", version
        FROM deadline_policies ORDER BY id`,
    PolicyRecord,
  );

/** @throws NotFound */
export function policyIn(policies: readonly PolicyRecord[], id: string): PolicyRecord {
  const policy = policies.find((one) => one.id === id);
  if (!policy) throw new NotFound('no such deadline policy');
  return policy;
}

const Named = z.object({ id: z.string(), name: z.string(), shippedKey: z.string().nullable() });

const Choices = z.object({
  types: z.array(Named),
  tiers: z.array(Named.omit({ shippedKey: true })),
  calendars: z.array(Named.extend({ isDefault: z.boolean() })),
  people: z.array(Named.omit({ shippedKey: true })),
});

/** What a policy can refer to. */
export type PolicyChoices = z.infer<typeof Choices>;

/** All choices in one statement; at most 500 people, by name. */
export async function readPolicyChoices({ deps }: ViewerContext): Promise<PolicyChoices> {
  const [choices] = await deps.database.rows(
    sql`
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'shippedKey', shipped_key)
                                      ORDER BY position, name), '[]') FROM request_types) AS types,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY rank), '[]') FROM tiers) AS tiers,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'shippedKey', shipped_key,
                                                         'isDefault', is_default) ORDER BY name), '[]')
            FROM working_calendars) AS calendars,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name, id), '[]')
            FROM (SELECT id, name FROM users WHERE disabled_at IS NULL ORDER BY name, id LIMIT 500) AS staff) AS people`,
    Choices,
  );
  return Choices.parse(choices);
}
