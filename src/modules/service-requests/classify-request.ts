import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { readClassificationRules } from '../classification-rules/classification-rules.queries.js';
import { classify, type Classification } from '../classification-rules/classify.js';
import { effectiveTierId } from '../tiers/effective-tier.js';
import type { OpeningRequest } from './open-request.js';

/** What the administrator's rules choose for a new request where nobody chose. What the product opens by itself needs none. */
export async function classifyRequest(
  tx: Transaction,
  opening: OpeningRequest,
  today: string,
): Promise<Classification> {
  if (opening.origin !== undefined) return { appliedRules: [] };
  const rules = await readClassificationRules(tx);
  if (rules.length === 0) return { appliedRules: [] };
  const { subject, description = null, channel, typeId, categoryId, priority, teamId } = opening;
  const tierId = await tierOf(tx, opening.customerId, today);
  return classify({ subject, description, channel, tierId, typeId, categoryId, priority, teamId }, rules);
}

const Tiers = z.array(z.object({ id: z.string().nullable() }));

async function tierOf(tx: Transaction, customerId: string, today: string): Promise<string | null> {
  const rows = await tx.$queryRaw(sql`
    SELECT (${effectiveTierId(today)})::text AS id FROM customer_tiers WHERE customer_tiers.id = ${customerId}::uuid`);
  return Tiers.parse(rows)[0]?.id ?? null;
}
