import type { Cipher } from '../../../core/cipher.js';
import type { Transaction } from '../../../core/database.js';
import { rawSql, sql } from '../../../core/sql.js';
import { sealContact } from '../../customers/contact-details.js';
import { spellName } from '../../customers/customer-name.js';
import { nextCustomerNos } from '../../customers/customer-numbers.js';
import type { CustomField } from '../../custom-fields/custom-field.js';
import type { CustomValues } from '../../custom-fields/custom-values.js';
import { Overtaken } from '../overtaken.js';
import { customValuesOf } from './custom-cells.js';
import type { CustomerValues } from './customer-row.js';
import { tagCustomers } from './tag-cells.js';

/** Where new customers belong. */
export interface Ownership {
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly branchId: string | null;
}

export interface ChangedCustomer {
  readonly id: string;
  readonly changes: CustomerValues;
}

const importedColumns = [
  'name',
  'name_pinyin',
  'name_initials',
  'kind',
  'gender',
  'birth_date',
  'phone_encrypted',
  'phone_hash',
  'phone_last4_hash',
  'email_encrypted',
  'email_hash',
  'wechat_encrypted',
  'wechat_hash',
  'city',
  'address_encrypted',
  'source',
  'first_visit_on',
  'remark',
  'habits',
  'preferences',
  'needs',
] as const;

type ImportedColumns = Readonly<Record<(typeof importedColumns)[number], string | null>>;

const newColumns = rawSql(
  ['id', 'customer_no', ...importedColumns, 'custom_values', 'owner_id', 'team_id', 'branch_id'].join(', '),
);
const changedColumns = rawSql(
  [
    ...importedColumns.map((column) => `${column} = coalesce(changed.${column}, customers.${column})`),
    'custom_values = customers.custom_values || changed.custom_values',
  ].join(', '),
);

/** A customer to be created, encrypted and spelled; without a number it gets one, and the name may be that number. */
export interface NewCustomer {
  readonly id: string;
  readonly customerNo: string | undefined;
  readonly columns: ImportedColumns;
  readonly customValues: CustomValues;
  readonly tags: string | undefined;
}

/** Makes a new customer of the values of a row: the costly part of creating one, which needs no database. */
export function sealCustomer(
  cipher: Cipher,
  id: string,
  values: CustomerValues,
  customFields: readonly CustomField[] = [],
): NewCustomer {
  const { customerNo } = values;
  const name = values.name ?? customerNo;
  return {
    id,
    customerNo,
    columns: importedValues(cipher, id, { kind: 'person', ...values, ...(name !== undefined && { name }) }),
    customValues: customValuesOf(customFields, values),
    tags: values.tags,
  };
}

/**
 * Creates customers in one statement, and their tags in another.
 * @throws Overtaken when somebody took one of the numbers meanwhile.
 */
export async function createCustomers(
  tx: Transaction,
  customers: readonly NewCustomer[],
  ownership: Ownership,
): Promise<void> {
  if (customers.length === 0) return;
  const { ownerId: owner_id, teamId: team_id, branchId: branch_id } = ownership;
  const unnumbered = customers.filter(({ customerNo }) => customerNo === undefined);
  const drawn = unnumbered.length === 0 ? [] : await nextCustomerNos(tx, unnumbered.length);
  const rows = customers.map(({ id, customerNo, columns, customValues: custom_values }) => {
    const customer_no = customerNo ?? drawn.shift();
    if (customer_no === undefined) throw new Error('too few customer numbers were drawn');
    return { id, customer_no, custom_values, owner_id, team_id, branch_id, ...named(columns, customer_no) };
  });
  const count = await tx.$executeRaw(sql`
    INSERT INTO customers (${newColumns})
    SELECT ${newColumns} FROM jsonb_populate_recordset(NULL::customers, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT DO NOTHING`);
  if (count !== rows.length) throw new Overtaken();
  await tagCustomers(tx, customers);
}

/** Who has no name is called by the number. */
function named(columns: ImportedColumns, customerNo: string): ImportedColumns {
  if (columns.name !== null) return columns;
  const { pinyin, initials } = spellName(customerNo);
  return { ...columns, name: customerNo, name_pinyin: pinyin, name_initials: initials };
}

/**
 * Changes customers in one statement, of each only what its row says, and puts tags on them in another.
 * @throws Overtaken when one of them was deleted meanwhile.
 */
export async function changeCustomers(
  tx: Transaction,
  cipher: Cipher,
  customFields: readonly CustomField[],
  customers: readonly ChangedCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  const rows = customers.map(({ id, changes }) => ({
    id,
    ...importedValues(cipher, id, changes),
    custom_values: customValuesOf(customFields, changes),
  }));
  const count = await tx.$executeRaw(sql`
    UPDATE customers SET ${changedColumns}
    FROM jsonb_populate_recordset(NULL::customers, ${JSON.stringify(rows)}::jsonb) AS changed
    WHERE customers.id = changed.id AND customers.deleted_at IS NULL`);
  if (count !== rows.length) throw new Overtaken();
  await tagCustomers(
    tx,
    customers.map(({ id, changes }) => ({ id, tags: changes.tags })),
  );
}

function importedValues(cipher: Cipher, id: string, values: CustomerValues): ImportedColumns {
  const { phone = null, email = null, wechat = null, address = null } = values;
  const contact = sealContact(cipher, id, { phone, email, wechat, address });
  const spelling = values.name === undefined ? undefined : spellName(values.name);
  return {
    name: values.name ?? null,
    name_pinyin: spelling?.pinyin ?? null,
    name_initials: spelling?.initials ?? null,
    kind: values.kind ?? null,
    gender: values.gender ?? null,
    birth_date: values.birthDate ?? null,
    phone_encrypted: contact.phoneEncrypted,
    phone_hash: contact.phoneHash,
    phone_last4_hash: contact.phoneLast4Hash,
    email_encrypted: contact.emailEncrypted,
    email_hash: contact.emailHash,
    wechat_encrypted: contact.wechatEncrypted,
    wechat_hash: contact.wechatHash,
    city: values.city ?? null,
    address_encrypted: contact.addressEncrypted,
    source: values.source ?? null,
    first_visit_on: values.firstVisitOn ?? null,
    remark: values.remark ?? null,
    habits: values.habits ?? null,
    preferences: values.preferences ?? null,
    needs: values.needs ?? null,
  };
}
