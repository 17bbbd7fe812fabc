import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { ownedScope } from '../../core/scope.js';
import { allOf, sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { contactChannels, contactDirections, contactOutcomes } from './contact-choices.js';

const ContactRecordRow = z.object({
  id: z.string(),
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  happened_at: z.date(),
  channel: z.enum(contactChannels),
  direction: z.enum(contactDirections),
  outcome: z.enum(contactOutcomes),
  summary: z.string(),
  staff_name: z.string().nullable(),
  version: z.number(),
  created_at: z.date(),
  finished: z.array(z.object({ id: z.string(), action: z.string() })),
  can_edit: z.boolean(),
});

export type ContactRecordRow = z.infer<typeof ContactRecordRow>;

/**
 * One contact record with the follow-ups that it finished, and whether the viewer may change it: their own, those of
 * their teams' customers, or all.
 * @throws NotFound when there is none, or its customer lies outside the viewer's scope or in the recycle bin.
 */
export async function findContactRecord(
  { deps, viewer }: ViewerContext,
  id: string,
): Promise<ContactRecordRow> {
  const editScope = ownedScope(viewer, 'contact-records:edit', {
    ownerId: sql`contact_records.staff_id`,
    teamId: sql`customers.team_id`,
  });
  const [record] = await deps.database.preparedRows(
    sql`
    SELECT contact_records.id::text, customers.id::text AS customer_id, customers.name AS customer_name,
           customers.customer_no, contact_records.happened_at, contact_records.channel, contact_records.direction,
           contact_records.outcome, contact_records.summary, staff.name AS staff_name, contact_records.version,
           contact_records.created_at,
           coalesce((SELECT json_agg(json_build_object('id', follow_ups.id, 'action', follow_ups.action) ORDER BY follow_ups.id)
                     FROM follow_ups WHERE follow_ups.contact_record_id = contact_records.id), '[]') AS finished,
           coalesce(${editScope}, FALSE) AS can_edit
    FROM contact_records
    JOIN customers ON customers.id = contact_records.customer_id
    LEFT JOIN users AS staff ON staff.id = contact_records.staff_id
    WHERE contact_records.id = ${id}::uuid AND ${allOf([customerScope(viewer), sql`customers.deleted_at IS NULL`])}`,
    ContactRecordRow,
  );
  if (!record) throw new NotFound('no such contact record in scope');
  return record;
}
