import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { allOf, rawSql, sql } from '../../core/sql.js';
import { CustomValues } from '../custom-fields/custom-values.js';
import { customerTagNamesColumn } from '../tags/tag.js';
import { customerTierColumn, TierLabel } from '../tiers/effective-tier.js';
import { ContactPoint, contactPointsColumn } from './contact-point.js';
import { customerConditions } from './customer-conditions.js';
import { customerOrder, customerSortColumn, customerTables, today } from './customers.queries.js';
import { customerKinds, type CustomerListQuery } from './customers.schemas.js';
import { customerScope } from './customers.scope.js';

const ExportedCustomer = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  kind: z.enum(customerKinds),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birth_date: z.string().nullable(),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  wechat_encrypted: z.string().nullable(),
  address_encrypted: z.string().nullable(),
  contact_points: z.array(ContactPoint),
  city: z.string().nullable(),
  source: z.string().nullable(),
  first_visit_on: z.string().nullable(),
  remark: z.string().nullable(),
  habits: z.string().nullable(),
  preferences: z.string().nullable(),
  needs: z.string().nullable(),
  tag_names: z.array(z.string()),
  tier: TierLabel.nullable(),
  custom_values: CustomValues,
  owner_name: z.string().nullable(),
  team_name: z.string().nullable(),
  branch_name: z.string().nullable(),
  purchase_count: z.number(),
  total_amount: z.string(),
  last_purchase_on: z.string().nullable(),
  next_follow_up_on: z.string().nullable(),
  last_contact_at: z.date().nullable(),
  created_at: z.date(),
  may_export_contact: z.boolean(),
});

/** Rows decrypted and written in one go; other requests wait meanwhile, some 10 ms. */
const batchSize = 250;

export type ExportedCustomer = z.infer<typeof ExportedCustomer>;

/**
 * The customers of the list, all of them and in its order, as far as the viewer may export them; each says whether its
 * contact data may go out in clear.
 */
export function streamCustomers(
  context: ViewerContext,
  query: CustomerListQuery,
): AsyncGenerator<ExportedCustomer[]> {
  const { viewer, deps } = context;
  const order = customerOrder(query);
  const sort = customerSortColumn(order).expression;
  const direction = rawSql(order.descending ? 'DESC' : 'ASC');
  return deps.database.stream(
    sql`
    SELECT customers.id::text, customers.customer_no, customers.name, customers.kind, customers.gender, customers.birth_date,
           customers.phone_encrypted, customers.email_encrypted, customers.wechat_encrypted, customers.address_encrypted,
           ${contactPointsColumn} AS contact_points,
           customers.city, customers.source, customers.first_visit_on, customers.remark,
           customers.habits, customers.preferences, customers.needs,
           customers.custom_values, ${customerTagNamesColumn} AS tag_names,
           ${customerTierColumn(today(context))} AS tier,
           owners.name AS owner_name, teams.name AS team_name, branches.name AS branch_name,
           totals.purchase_count, totals.total_amount,
           totals.last_purchase_on, activities.next_follow_up_on, activities.last_contact_at, customers.created_at,
           coalesce(${customerScope(viewer, 'customers:export-contact')}, FALSE) AS may_export_contact
    FROM ${customerTables}
    LEFT JOIN teams ON teams.id = customers.team_id
    LEFT JOIN branches ON branches.id = customers.branch_id
    WHERE ${allOf([...customerConditions(context, query), customerScope(viewer, 'customers:export')])}
    ORDER BY ${sort} ${direction}, customers.id ${direction}`,
    ExportedCustomer,
    batchSize,
  );
}
