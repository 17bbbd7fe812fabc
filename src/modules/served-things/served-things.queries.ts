import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { CardedRequest, thingRequestsColumn } from '../service-requests/carded-request.js';

const ThingRecord = z.object({
  id: z.string(),
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  kind_id: z.string(),
  kind_name: z.string(),
  identifier_label: z.string().nullable(),
  service_interval_days: z.number().nullable(),
  lead_days: z.number(),
  name: z.string(),
  identifier: z.string().nullable(),
  remark: z.string().nullable(),
  next_due_on: z.string().nullable(),
  is_archived: z.boolean(),
  service_count: z.number(),
  version: z.number(),
  can_edit: z.boolean(),
  requests: z.array(CardedRequest),
});

/** A thing with its kind and customer, and whether the viewer may change it. */
export type ThingRecord = z.infer<typeof ThingRecord>;

/** @throws NotFound when there is none, or its customer lies outside the viewer's scope or in the recycle bin. */
export async function findThing({ deps, viewer }: ViewerContext, id: string): Promise<ThingRecord> {
  const [thing] = await deps.database.preparedRows(
    sql`
    SELECT things.id::text, customers.id::text AS customer_id, customers.name AS customer_name, customers.customer_no,
           kinds.id::text AS kind_id, kinds.name AS kind_name, kinds.identifier_label, kinds.service_interval_days,
           kinds.lead_days, things.name, things.identifier, things.remark, things.next_due_on,
           things.archived_at IS NOT NULL AS is_archived, things.version,
           (SELECT count(*)::integer FROM served_thing_services WHERE thing_id = things.id) AS service_count,
           coalesce(${customerScope(viewer, 'served-things:edit')}, FALSE) AS can_edit,
           ${thingRequestsColumn(viewer)} AS requests
    FROM served_things AS things
    JOIN served_thing_kinds AS kinds ON kinds.id = things.kind_id
    JOIN customers ON customers.id = things.customer_id
    WHERE things.id = ${id}::uuid AND customers.deleted_at IS NULL AND ${customerScope(viewer)}`,
    ThingRecord,
  );
  if (!thing) throw new NotFound('no such served thing in scope');
  return thing;
}
