import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { shownColumns } from '../../core/lists/list-columns.js';
import { sql, type Sql } from '../../core/sql.js';
import { CustomValues } from '../custom-fields/custom-values.js';
import { customerTagNamesColumn } from '../tags/tag.js';
import { customerTierColumn, TierLabel } from '../tiers/effective-tier.js';
import { customerColumns, isCustomColumn } from './customer-columns.js';
import { customerKinds, type CustomerListQuery } from './customers.schemas.js';

export const CustomerListRow = z.object({
  customer_no: z.string(),
  name: z.string(),
  kind: z.enum(customerKinds),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birth_date: z.string().nullable(),
  phone_encrypted: z.string().nullable(),
  city: z.string().nullable(),
  source: z.string().nullable(),
  owner_name: z.string().nullable(),
  team_name: z.string().nullable(),
  branch_name: z.string().nullable(),
  first_visit_on: z.string().nullable(),
  purchase_count: z.number(),
  total_amount: z.string(),
  last_purchase_on: z.string().nullable(),
  next_follow_up_on: z.string().nullable(),
  last_contact_at: z.date().nullable(),
  created_at: z.date(),
  tag_names: z.array(z.string()),
  tier: TierLabel.nullable(),
  custom_values: CustomValues,
});

export type CustomerListRow = z.infer<typeof CustomerListRow>;

/**
 * What the list reads of each customer, over `customerTables`. What other tables hold, and custom fields, are looked up for
 * columns that are shown: each look costs as much as the rest of the row.
 */
export function customerListColumns({ deps }: ViewerContext, { columns }: CustomerListQuery): Sql {
  const shown = new Set<string>(columns ?? shownColumns(customerColumns, undefined).map(({ name }) => name));
  const hasCustomFields = columns?.some(isCustomColumn) ?? false;
  return sql`
    customers.customer_no, customers.name, customers.kind, customers.gender, customers.birth_date, customers.phone_encrypted,
    customers.city, customers.source, owners.name AS owner_name, customers.first_visit_on,
    ${shown.has('team') ? sql`(SELECT name FROM teams WHERE id = customers.team_id)` : sql`NULL`} AS team_name,
    ${shown.has('branch') ? sql`(SELECT name FROM branches WHERE id = customers.branch_id)` : sql`NULL`} AS branch_name,
    totals.purchase_count, totals.total_amount,
    totals.last_purchase_on, activities.next_follow_up_on, activities.last_contact_at, customers.created_at,
    ${shown.has('tags') ? customerTagNamesColumn : sql`'{}'::text[]`} AS tag_names,
    ${shown.has('tier') ? customerTierColumn(dayOf(deps.now())) : sql`NULL`} AS tier,
    ${hasCustomFields ? sql`customers.custom_values` : sql`'{}'::jsonb AS custom_values`}`;
}
