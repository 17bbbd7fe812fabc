import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { normaliseEmail } from '../../core/email-address.js';
import { normalisePhone } from '../../core/phone.js';
import { joinSql, sql, type Sql } from '../../core/sql.js';
import { hasContact } from './contact-point.js';
import { customerScope } from './customers.scope.js';
import type { TypedCustomer } from './similar-customers.schemas.js';

/** In what a customer is like the one that is being typed, the strongest first. */
export const similarities = ['phone', 'email', 'nameAndBirthDate', 'name'] as const;
export type Similarity = (typeof similarities)[number];

const mostMatches = 5;
/** Customers looked at for each similarity; more share only what says nothing. */
const mostCandidates = 20;

const SimilarCustomer = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  customer_no: z.string().nullable(),
  owner_name: z.string().nullable(),
  team_name: z.string().nullable(),
  similarities: z.array(z.enum(similarities)),
});

/** A customer that may be the same person. Outside the viewer's scope only owner and team are told. */
export type SimilarCustomer = z.infer<typeof SimilarCustomer>;

/**
 * Up to five customers that are like the one being typed, the likeliest first. Of customers outside the viewer's scope
 * it takes more than the same name.
 */
export async function findSimilarCustomers(
  context: ViewerContext,
  typed: TypedCustomer,
  exceptId?: string,
): Promise<SimilarCustomer[]> {
  const candidates = candidateStatements(context, typed);
  if (candidates.length === 0) return [];
  const isVisible = sql`coalesce(${customerScope(context.viewer)}, FALSE)`;
  return context.deps.database.preparedRows(
    sql`
    WITH candidates AS (
      SELECT id, array_agg(similarity ORDER BY rank) AS similarities, min(rank) AS rank
      FROM (${joinSql(candidates, ' UNION ALL ')}) AS found GROUP BY id
    ), matches AS (
      SELECT customers.*, ${isVisible} AS is_visible, similarities, rank
      FROM candidates JOIN customers USING (id)
      WHERE customers.id IS DISTINCT FROM ${exceptId ?? null}::uuid
    )
    SELECT CASE WHEN is_visible THEN matches.id::text END AS id, CASE WHEN is_visible THEN matches.name END AS name,
           CASE WHEN is_visible THEN customer_no END AS customer_no,
           owners.name AS owner_name, teams.name AS team_name, similarities
    FROM matches LEFT JOIN users AS owners ON owners.id = owner_id LEFT JOIN teams ON teams.id = team_id
    WHERE is_visible OR similarities <> '{name}'
    ORDER BY rank, is_visible DESC, matches.created_at, matches.id LIMIT ${mostMatches}`,
    SimilarCustomer,
  );
}

/** Customers outside the viewer's scope who have exactly the phone or e-mail address that was searched for: whom to ask. */
export async function findElsewhere(context: ViewerContext, text: string): Promise<SimilarCustomer[]> {
  const typed = { phone: normalisePhone(text), email: normaliseEmail(text), name: null, birthDate: null };
  const matches = await findSimilarCustomers(context, typed);
  return matches.filter(({ id }) => id === null);
}

/** Of phone and e-mail address those that somebody has: then a new customer needs a deliberate decision. */
export const sharedContact = (matches: readonly SimilarCustomer[]): ('phone' | 'email')[] =>
  (['phone', 'email'] as const).filter((field) =>
    matches.some(({ similarities }) => similarities.includes(field)),
  );

function candidateStatements({ deps, viewer }: ViewerContext, typed: TypedCustomer): Sql[] {
  const { phone, email, name, birthDate } = typed;
  const sameName = name === null ? null : sql`lower(customers.name) = ${name.toLowerCase()}`;
  const conditions: Readonly<Record<Similarity, Sql | null>> = {
    phone: phone === null ? null : hasContact('phone_hash', deps.cipher.searchHash('phone', phone)),
    email: email === null ? null : hasContact('email_hash', deps.cipher.searchHash('email', email)),
    nameAndBirthDate: sameName && birthDate ? sql`${sameName} AND birth_date = ${birthDate}::date` : null,
    name: sameName && sql`${sameName} AND ${customerScope(viewer)}`,
  };
  return similarities.flatMap((similarity, rank) => {
    const condition = conditions[similarity];
    return condition === null
      ? []
      : [
          sql`(SELECT id, ${similarity}::text AS similarity, ${rank}::integer AS rank FROM customers
               WHERE ${condition} AND deleted_at IS NULL LIMIT ${mostCandidates})`,
        ];
  });
}
