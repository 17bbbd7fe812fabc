import { z } from 'zod';
import type { Transaction } from '../../../core/database.js';
import { sql } from '../../../core/sql.js';
import type { Viewer } from '../../../core/viewer.js';
import { CustomValues } from '../../custom-fields/custom-values.js';
import { customerScope } from '../../customers/customers.scope.js';
import { customerTagNamesColumn } from '../../tags/tag.js';

const KnownCustomer = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  kind: z.string(),
  gender: z.string().nullable(),
  birth_date: z.string().nullable(),
  phone_hash: z.string().nullable(),
  email_hash: z.string().nullable(),
  /** Of phones and e-mail addresses besides the first ones. */
  further_hashes: z.array(z.string()),
  wechat_encrypted: z.string().nullable(),
  city: z.string().nullable(),
  address_encrypted: z.string().nullable(),
  source: z.string().nullable(),
  first_visit_on: z.string().nullable(),
  remark: z.string().nullable(),
  habits: z.string().nullable(),
  preferences: z.string().nullable(),
  needs: z.string().nullable(),
  custom_values: CustomValues,
  tag_names: z.array(z.string()),
  is_deleted: z.boolean(),
  can_read: z.boolean(),
  can_edit: z.boolean(),
  can_add_purchases: z.boolean(),
});

/** A stored customer that a row of a file may mean. */
export type KnownCustomer = z.infer<typeof KnownCustomer>;

export interface CustomerKeys {
  readonly numbers: readonly string[];
  readonly phoneHashes: readonly string[];
  readonly emailHashes: readonly string[];
}

/** Stored customers by what a row may know them by. Those in the recycle bin are found by their number alone. */
export class KnownCustomers {
  private readonly numbers = new Map<string, KnownCustomer>();
  private readonly phones = new Map<string, KnownCustomer[]>();
  private readonly emails = new Map<string, KnownCustomer[]>();

  constructor(customers: readonly KnownCustomer[]) {
    for (const customer of customers) {
      this.numbers.set(customer.customer_no, customer);
      if (customer.is_deleted) continue;
      if (customer.phone_hash !== null) append(this.phones, customer.phone_hash, customer);
      if (customer.email_hash !== null) append(this.emails, customer.email_hash, customer);
      for (const hash of customer.further_hashes) {
        if (customer.phone_hash !== hash) append(this.phones, hash, customer);
        if (customer.email_hash !== hash) append(this.emails, hash, customer);
      }
    }
  }

  allNumbers(): Iterable<string> {
    return this.numbers.keys();
  }

  withNumber(customerNo: string): KnownCustomer | undefined {
    return this.numbers.get(customerNo);
  }

  withPhone(hash: string | undefined): readonly KnownCustomer[] {
    return hash === undefined ? [] : (this.phones.get(hash) ?? []);
  }

  withEmail(hash: string | undefined): readonly KnownCustomer[] {
    return hash === undefined ? [] : (this.emails.get(hash) ?? []);
  }
}

function append(map: Map<string, KnownCustomer[]>, key: string, customer: KnownCustomer): void {
  const found = map.get(key);
  if (found) found.push(customer);
  else map.set(key, [customer]);
}

/**
 * Finds the stored customers that the rows of a chunk may mean, in one statement, with what the viewer may do with each.
 * The search itself is not scoped: a number that is taken is taken, whoever may see its customer.
 */
export async function findKnownCustomers(
  tx: Transaction,
  viewer: Viewer,
  keys: CustomerKeys,
): Promise<KnownCustomers> {
  const rows = await tx.$queryRaw(sql`
    WITH found AS (
      SELECT id FROM customers WHERE customer_no = ANY(${[...keys.numbers]}::text[])
      UNION SELECT id FROM customers WHERE phone_hash = ANY(${[...keys.phoneHashes]}::text[])
      UNION SELECT id FROM customers WHERE email_hash = ANY(${[...keys.emailHashes]}::text[])
      UNION SELECT customer_id FROM customer_contact_points
            WHERE value_hash = ANY(${[...keys.phoneHashes, ...keys.emailHashes]}::text[]))
    SELECT customers.id::text, customer_no, customers.name, kind, gender, birth_date::text, phone_hash, email_hash, wechat_encrypted,
           city, address_encrypted, source, first_visit_on::text, remark, habits, preferences, needs, custom_values,
           ${customerTagNamesColumn} AS tag_names,
           ARRAY(SELECT value_hash FROM customer_contact_points WHERE customer_id = customers.id) AS further_hashes, deleted_at IS NOT NULL AS is_deleted,
           coalesce(${customerScope(viewer)}, FALSE) AS can_read,
           coalesce(${customerScope(viewer, 'customers:edit')}, FALSE) AS can_edit,
           coalesce(${customerScope(viewer, 'purchases:create')}, FALSE) AS can_add_purchases
    FROM found JOIN customers USING (id)
    ORDER BY customers.created_at, customers.id`);
  return new KnownCustomers(KnownCustomer.array().parse(rows));
}
