import { numberKey, phoneKey, type FirstRows } from '../first-rows.js';
import type { ImportOptions } from '../import-options.js';
import { fieldRemark, rowRemark, type Outcome, type Remark } from '../row-report.js';
import type { WithPhoneHash } from './customer-row.js';
import type { KnownCustomer, KnownCustomers } from './known-customers.js';
import type { PurchaseField } from './purchase-fields.js';
import { findNamed, type Found } from './named-reference.js';
import { purchaseKey, type NameIndex } from './purchase-references.js';
import type { ReadRow } from './read-row.js';

export type PurchaseRow = WithPhoneHash<ReadRow<PurchaseField>>;

/** The customer of a purchase: a stored one, or a new one that all rows with the same key share. */
export type Buyer =
  | { readonly kind: 'stored'; readonly customer: KnownCustomer }
  | { readonly kind: 'new'; readonly key: string };

/** What a row of a file of purchases becomes, and what has to be written for it. */
export interface PurchaseDecision {
  readonly row: PurchaseRow;
  readonly outcome: Outcome;
  readonly remarks: readonly Remark[];
  readonly createsCustomer: boolean;
  readonly buyer: Buyer | undefined;
  readonly staffId: string | null;
  readonly branchId: string | null;
}

export interface PurchaseBasis {
  readonly options: ImportOptions;
  readonly known: KnownCustomers;
  readonly firstRows: FirstRows;
  readonly staff: NameIndex;
  readonly branches: NameIndex;
}

/** Decides row by row, in the order of the file, apart from what is stored already: see `leaveOutStored`. */
export function decidePurchases(rows: readonly PurchaseRow[], basis: PurchaseBasis): PurchaseDecision[] {
  return rows.map((row) => decide(row, basis));
}

/** Skips rows that say what was stored before the import. Equal rows of one file are purchases of their own. */
export function leaveOutStored(
  decisions: readonly PurchaseDecision[],
  stored: ReadonlySet<string>,
): PurchaseDecision[] {
  return decisions.map((decision) => {
    const { buyer, row } = decision;
    if (decision.outcome !== 'created' || buyer?.kind !== 'stored') return decision;
    const { purchasedOn = '', amount = '', quantity = '1', item } = row.values;
    const key = purchaseKey({ customerId: buyer.customer.id, purchasedOn, amount, quantity, item });
    if (!stored.has(key)) return decision;
    return { ...decision, outcome: 'skipped', remarks: [rowRemark('imports.remark.purchaseIsStored')] };
  });
}

function decide(row: PurchaseRow, basis: PurchaseBasis): PurchaseDecision {
  const buyer = findBuyer(row, basis);
  const staff = findNamed(row.values.staffName, 'staffName', basis.staff);
  const branch = findNamed(row.values.branchName, 'branchName', basis.branches);
  if (row.problems.length > 0 || 'problem' in buyer || 'problem' in staff || 'problem' in branch) {
    const found = [buyer, staff, branch].flatMap((result) => ('problem' in result ? result.problem : []));
    const remarks = [...new Set([...row.problems, ...found])];
    const nothing = { createsCustomer: false, buyer: undefined, staffId: null, branchId: null };
    return { row, outcome: 'rejected', remarks, ...nothing };
  }
  return {
    row,
    outcome: 'created',
    remarks: [],
    createsCustomer: isFirstOf(buyer.value, row, basis.firstRows),
    buyer: buyer.value,
    staffId: staff.value,
    branchId: branch.value,
  };
}

function isFirstOf(buyer: Buyer, row: PurchaseRow, firstRows: FirstRows): boolean {
  if (buyer.kind === 'stored' || firstRows.find(buyer.key) !== undefined) return false;
  firstRows.add(buyer.key, row.rowNo);
  return true;
}

/** By customer number, or by phone where a row has none. */
function findBuyer(row: PurchaseRow, { known, options }: PurchaseBasis): Found<Buyer> {
  const { customerNo } = row.values;
  const unreadable = row.problems.find(({ field }) => field === 'customerNo' || field === 'phone');
  if (unreadable) return { problem: unreadable };
  const field = customerNo === undefined ? 'phone' : 'customerNo';
  if (customerNo === undefined && row.phoneHash === undefined) {
    return { problem: rowRemark('imports.problem.customerMissing') };
  }
  const numbered = customerNo === undefined ? undefined : known.withNumber(customerNo);
  const candidates = customerNo === undefined ? known.withPhone(row.phoneHash) : numbered ? [numbered] : [];
  if (candidates.length > 1) {
    return { problem: fieldRemark(field, 'imports.problem.severalCustomers', { count: candidates.length }) };
  }
  const [customer] = candidates;
  if (!customer) {
    if (!options.createCustomers) return { problem: fieldRemark(field, 'imports.problem.unknownCustomer') };
    const key = customerNo === undefined ? phoneKey(row.phoneHash ?? '') : numberKey(customerNo);
    return { value: { kind: 'new', key } };
  }
  if (customer.is_deleted) return { problem: fieldRemark(field, 'imports.problem.inRecycleBin') };
  if (!customer.can_add_purchases) return { problem: fieldRemark(field, 'imports.problem.notYours') };
  return { value: { kind: 'stored', customer } };
}
