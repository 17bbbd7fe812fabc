import type { TabularRow } from '../../../core/tabular/tabular-row.js';
import { FirstRows, findFirstRows, numberKey, phoneKey } from '../first-rows.js';
import { guessMapping } from '../values/guess-mapping.js';
import { withHashes } from './customer-row.js';
import { ownership } from './customers-target.js';
import {
  decidePurchases,
  leaveOutStored,
  type PurchaseDecision,
  type PurchaseRow,
} from './decide-purchases.js';
import type { ChunkBasis, ChunkResult, ImportField, ImportTarget } from './import-target.js';
import { findKnownCustomers, type KnownCustomers } from './known-customers.js';
import { purchaseCells } from './purchase-cells.js';
import { purchaseFieldSynonyms, type PurchaseField } from './purchase-fields.js';
import { findBranches, findStaff, findStoredPurchases } from './purchase-references.js';
import { rowReader } from './read-row.js';
import { createCustomers } from './write-customers.js';
import { createPurchases } from './write-purchases.js';

const fields: readonly (ImportField & { readonly name: PurchaseField })[] = [
  { name: 'customerNo', label: 'customers.customerNo', kind: 'text' },
  { name: 'customerName', label: 'imports.field.customerName', kind: 'text' },
  { name: 'phone', label: 'customers.phone', kind: 'phone' },
  { name: 'purchasedOn', label: 'purchases.purchasedOn', kind: 'day' },
  { name: 'item', label: 'purchases.item', kind: 'text' },
  { name: 'quantity', label: 'purchases.quantity', kind: 'text' },
  { name: 'amount', label: 'purchases.amount', kind: 'money' },
  { name: 'staffName', label: 'purchases.staff', kind: 'text' },
  { name: 'branchName', label: 'customers.branch', kind: 'text' },
  { name: 'remark', label: 'customers.remark', kind: 'text' },
];

const required = ['purchasedOn', 'amount'] as const satisfies readonly PurchaseField[];

/** Files of purchases and refunds. */
export const purchasesTarget: ImportTarget = {
  name: 'purchases',
  permission: 'purchases:create',
  fields,
  guess: (header) => guessMapping(header, purchaseFieldSynonyms),
  incomplete: (columns) => {
    const isComplete =
      required.every((field) => columns.includes(field)) &&
      (columns.includes('customerNo') || columns.includes('phone'));
    return isComplete ? undefined : { path: 'columns', key: 'imports.purchaseFieldsNotMapped' };
  },
  understand: (columns, settings, rows) => rows.map(rowReader(purchaseCells, required, columns, settings)),
  process: processPurchases,
};

async function processPurchases(basis: ChunkBasis, rows: readonly TabularRow[]): Promise<ChunkResult> {
  const { cipher } = basis.context.deps;
  const read = rowReader(purchaseCells, required, basis.columns, basis.settings);
  const purchaseRows = rows.map((row) => withHashes(cipher, read(row)));
  const known = await findBuyers(basis, purchaseRows);
  const firstRows = await findNewBuyers(basis, purchaseRows);
  const staff = await findStaff(
    basis.tx,
    distinct(purchaseRows, ({ values }) => values.staffName),
  );
  const branches = await findBranches(
    basis.tx,
    distinct(purchaseRows, ({ values }) => values.branchName),
  );
  const { options } = basis;
  const decisions = await withoutStored(
    basis,
    decidePurchases(purchaseRows, { options, known, firstRows, staff, branches }),
  );
  const ids = basis.storingAs === null ? new Map<number, string>() : await store(basis, decisions);
  return {
    firstRows,
    reports: decisions.map(({ row, outcome, remarks, createsCustomer }) => ({
      rowNo: row.rowNo,
      outcome,
      remarks,
      isDuplicate: false,
      createsCustomer,
      recordId: ids.get(row.rowNo) ?? null,
    })),
  };
}

function findBuyers(basis: ChunkBasis, rows: readonly PurchaseRow[]): Promise<KnownCustomers> {
  return findKnownCustomers(basis.tx, basis.importer.viewer, {
    numbers: distinct(rows, ({ values }) => values.customerNo),
    phoneHashes: distinct(rows, ({ values, phoneHash }) =>
      values.customerNo === undefined ? phoneHash : undefined,
    ),
    emailHashes: [],
  });
}

/** While rows are only checked, customers that earlier rows will create are known by their keys alone. */
async function findNewBuyers(basis: ChunkBasis, rows: readonly PurchaseRow[]): Promise<FirstRows> {
  if (basis.storingAs !== null) return new FirstRows();
  const keys = distinct(rows, ({ values, phoneHash }) =>
    values.customerNo !== undefined ? numberKey(values.customerNo) : phoneHash && phoneKey(phoneHash),
  );
  return findFirstRows(basis.tx, basis.importId, keys, rows[0]?.rowNo ?? 0);
}

async function withoutStored(
  basis: ChunkBasis,
  decisions: readonly PurchaseDecision[],
): Promise<readonly PurchaseDecision[]> {
  if (basis.options.policy === 'create') return decisions;
  const customerIds = distinct(decisions, ({ buyer }) =>
    buyer?.kind === 'stored' ? buyer.customer.id : undefined,
  );
  const days = distinct(decisions, ({ row }) => row.values.purchasedOn);
  return leaveOutStored(decisions, await findStoredPurchases(basis.tx, customerIds, days, basis.storingAs));
}

/** @returns the ids of new purchases by their rows. */
async function store(
  basis: ChunkBasis,
  decisions: readonly PurchaseDecision[],
): Promise<Map<number, string>> {
  const customerIds = await storeNewBuyers(basis, decisions);
  const created = decisions.flatMap(({ outcome, row, buyer, staffId, branchId }) => {
    if (outcome !== 'created' || !buyer) return [];
    const customerId = buyer.kind === 'stored' ? buyer.customer.id : customerIds.get(buyer.key);
    return [{ row, customerId: customerId ?? '', staffId, branchId }];
  });
  const ids = await createPurchases(
    basis.tx,
    created.map(({ row: { values }, customerId, staffId, branchId }) => ({
      customer_id: customerId,
      purchased_on: values.purchasedOn ?? '',
      item: values.item ?? null,
      quantity: values.quantity ?? '1',
      amount: values.amount ?? '',
      staff_id: staffId,
      branch_id: branchId,
      remark: values.remark ?? null,
    })),
  );
  return new Map(created.map(({ row }, index) => [row.rowNo, ids[index] ?? '']));
}

/** @returns the ids of new customers by their keys. */
async function storeNewBuyers(
  basis: ChunkBasis,
  decisions: readonly PurchaseDecision[],
): Promise<Map<string, string>> {
  const rowsByKey = new Map<string, PurchaseRow>();
  for (const { buyer, row } of decisions) {
    if (buyer?.kind === 'new' && !rowsByKey.has(buyer.key)) rowsByKey.set(buyer.key, row);
  }
  const customers = [...rowsByKey.values()].map(({ values: { customerNo, customerName, phone } }) => ({
    ...(customerNo !== undefined && { customerNo }),
    ...(customerName !== undefined && { name: customerName }),
    ...(phone !== undefined && { phone }),
  }));
  const ids = await createCustomers(basis.tx, basis.context.deps.cipher, customers, ownership(basis));
  return new Map([...rowsByKey.keys()].map((key, index) => [key, ids[index] ?? '']));
}

const distinct = <Item>(items: readonly Item[], pick: (item: Item) => string | undefined): string[] => [
  ...new Set(items.flatMap((item) => pick(item) ?? [])),
];
