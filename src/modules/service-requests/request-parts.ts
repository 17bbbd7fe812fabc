import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { readRows } from '../../core/read-rows.js';
import { sql, type Sql } from '../../core/sql.js';

/** What a request refers to, where it is chosen. */
export interface RequestParts {
  readonly categoryId?: string | null;
  readonly servedThingId?: string | null;
  readonly branchId?: string | null;
  readonly teamId?: string | null;
  readonly assigneeId?: string | null;
}

/** What a request with these parts is of and for. */
export interface PartsOwner {
  readonly typeId: string;
  readonly customerId: string | null;
}

const Missing = z.object({ missing: z.array(z.string()) });

const Beginning = Missing.extend({
  customer: z.object({ branchId: z.string().nullable(), teamId: z.string().nullable() }).nullable(),
  type: z
    .object({ defaultPriority: z.number(), teamId: z.string().nullable(), behaviour: z.string() })
    .nullable(),
  stateId: z.string(),
});

/**
 * What a new request takes from its customer and its type, and the state in which it begins.
 * @throws InvalidInput when one of them, or of its parts, is not there
 */
export async function readBeginning(
  tx: Transaction,
  owner: PartsOwner & { readonly customerId: string },
  parts: RequestParts,
) {
  const [found] = await readRows(
    tx,
    sql`
    SELECT (SELECT jsonb_build_object('branchId', branch_id, 'teamId', team_id)
            FROM customers WHERE id = ${owner.customerId}::uuid AND deleted_at IS NULL) AS customer,
           (SELECT jsonb_build_object('defaultPriority', default_priority, 'teamId', team_id, 'behaviour', behaviour)
            FROM request_types WHERE id = ${owner.typeId}::uuid) AS type,
           states.id::text AS "stateId", ${missingParts(owner, parts)} AS missing
    FROM request_states AS states WHERE is_initial`,
    Beginning,
  );
  if (!found) throw new Error('there is no state in which requests begin');
  const { customer, type, stateId } = found;
  if (!customer) throw InvalidInput.field('customerId', 'errors.notAChoice');
  if (!type) throw InvalidInput.field('typeId', 'errors.notAChoice');
  refuseMissing(found);
  return { customer, type, stateId };
}

/** What a request refers to must be there: a category of its type, a thing of its customer. @throws InvalidInput */
export async function checkRequestParts(
  tx: Transaction,
  owner: PartsOwner,
  parts: RequestParts,
): Promise<void> {
  const [found] = await readRows(tx, sql`SELECT ${missingParts(owner, parts)} AS missing`, Missing);
  if (found) refuseMissing(found);
}

function refuseMissing({ missing: [field] }: z.infer<typeof Missing>): void {
  if (field !== undefined) throw InvalidInput.field(field, 'errors.notAChoice');
}

/** A column: the names of the parts that are not there. One text for all of them, so that it is planned once. */
const missingParts = (
  { typeId, customerId }: PartsOwner,
  { categoryId, servedThingId, branchId, teamId, assigneeId }: RequestParts,
): Sql => sql`
  array_remove(ARRAY[
    ${unless('categoryId', categoryId, sql`request_categories WHERE coalesce(type_id, ${typeId}::uuid) = ${typeId}::uuid`)},
    ${unless('servedThingId', servedThingId, sql`served_things WHERE customer_id = ${customerId}::uuid`)},
    ${unless('branchId', branchId, sql`branches WHERE TRUE`)},
    ${unless('teamId', teamId, sql`teams WHERE TRUE`)},
    ${unless('assigneeId', assigneeId, sql`users WHERE disabled_at IS NULL`)}], NULL)`;

const unless = (field: string, id: string | null | undefined, among: Sql): Sql => sql`
  CASE WHEN ${id ?? null}::uuid IS NOT NULL AND NOT EXISTS (SELECT FROM ${among} AND id = ${id ?? null}::uuid)
       THEN ${field}::text END`;
