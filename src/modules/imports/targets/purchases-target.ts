import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../core/database.js';
import { calculateTiersOf } from '../../tiers/tier-calculation.service.js';
import { FirstRows, findFirstRows, numberKey, phoneKey } from '../first-rows.js';
import { guessMapping } from '../values/guess-mapping.js';
import { withPhoneHash } from './customer-row.js';
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
import { createCustomers, sealCustomer, type NewCustomer } from './write-customers.js';
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
  customFields: () => [],
  guess: (header) => guessMapping(header, purchaseFieldSynonyms),
  incomplete: (columns) => {
    const isComplete =
      required.every((field) => columns.includes(field)) &&
      (columns.includes('customerNo') || columns.includes('phone'));
    return isComplete ? undefined : { path: 'columns', key: 'imports.purchaseFieldsNotMapped' };
  },
  understand: (columns, settings, rows) => rows.map(rowReader(purchaseCells, required, columns, settings)),
  begin(basis, rows) {
    const { cipher } = basis.context.deps;
    const read = rowReader(purchaseCells, required, basis.columns, basis.settings);
    const purchaseRows = rows.map((row) => withPhoneHash(cipher, read(row)));
    return (tx) => decide(tx, basis, purchaseRows);
  },
};

async function decide(
  tx: Transaction,
  basis: ChunkBasis,
  rows: readonly PurchaseRow[],
): Promise<ChunkResult> {
  const known = await findBuyers(tx, basis, rows);
  const firstRows = await findNewBuyers(tx, basis, rows);
  const staff = await findStaff(
    tx,
    distinct(rows, ({ values }) => values.staffName),
  );
  const branches = await findBranches(
    tx,
    distinct(rows, ({ values }) => values.branchName),
  );
  const { options } = basis;
  const decided = decidePurchases(rows, { options, known, firstRows, staff, branches });
  const decisions = await withoutStored(tx, basis, decided);
  const planned = decisions.map((decision) => ({ ...decision, id: recordId(basis, decision) }));
  return {
    firstRows,
    store: () => store(tx, basis, planned),
    reports: planned.map(({ row, outcome, remarks, createsCustomer, id }) => ({
      rowNo: row.rowNo,
      outcome,
      remarks,
      isDuplicate: false,
      createsCustomer,
      recordId: id,
    })),
  };
}

/** The id that the check gave to a new purchase, or a new one. */
function recordId({ storing }: ChunkBasis, { row, outcome }: PurchaseDecision): string | null {
  if (outcome !== 'created') return null;
  const planned = storing?.plan.get(row.rowNo);
  return planned?.outcome === 'created' && planned.recordId !== null ? planned.recordId : newId();
}

function findBuyers(
  tx: Transaction,
  { importer }: ChunkBasis,
  rows: readonly PurchaseRow[],
): Promise<KnownCustomers> {
  return findKnownCustomers(tx, importer.viewer, {
    numbers: distinct(rows, ({ values }) => values.customerNo),
    phoneHashes: distinct(rows, ({ values, phoneHash }) =>
      values.customerNo === undefined ? phoneHash : undefined,
    ),
    emailHashes: [],
  });
}

/** While rows are only checked, customers that earlier rows will create are known by their keys alone. */
async function findNewBuyers(
  tx: Transaction,
  basis: ChunkBasis,
  rows: readonly PurchaseRow[],
): Promise<FirstRows> {
  if (basis.storing !== null) return new FirstRows();
  const keys = distinct(rows, ({ values, phoneHash }) =>
    values.customerNo !== undefined ? numberKey(values.customerNo) : phoneHash && phoneKey(phoneHash),
  );
  return findFirstRows(tx, basis.importId, keys, rows[0]?.rowNo ?? 0);
}

async function withoutStored(
  tx: Transaction,
  { options, storing }: ChunkBasis,
  decisions: readonly PurchaseDecision[],
): Promise<readonly PurchaseDecision[]> {
  if (options.policy === 'create') return decisions;
  const customerIds = distinct(decisions, ({ buyer }) =>
    buyer?.kind === 'stored' ? buyer.customer.id : undefined,
  );
  const days = distinct(decisions, ({ row }) => row.values.purchasedOn);
  return leaveOutStored(
    decisions,
    await findStoredPurchases(tx, customerIds, days, storing?.startedAt ?? null),
  );
}

async function store(
  tx: Transaction,
  basis: ChunkBasis,
  decisions: readonly (PurchaseDecision & { readonly id: string | null })[],
): Promise<void> {
  if (basis.storing === null) return;
  const customerIds = await storeNewBuyers(tx, basis, decisions);
  const purchases = decisions.flatMap(({ id, row: { values }, buyer, staffId, branchId }) => {
    if (id === null || !buyer) return [];
    const customerId = buyer.kind === 'stored' ? buyer.customer.id : customerIds.get(buyer.key);
    return [
      {
        id,
        customer_id: customerId ?? '',
        purchased_on: values.purchasedOn ?? '',
        item: values.item ?? null,
        quantity: values.quantity ?? '1',
        amount: values.amount ?? '',
        staff_id: staffId,
        branch_id: branchId,
        remark: values.remark ?? null,
      },
    ];
  });
  await createPurchases(tx, purchases);
  const buyerIds = distinct(purchases, ({ customer_id }) => customer_id);
  await calculateTiersOf(tx, basis.context.deps, buyerIds);
}

/** @returns the ids of new customers by their keys. */
async function storeNewBuyers(
  tx: Transaction,
  basis: ChunkBasis,
  decisions: readonly PurchaseDecision[],
): Promise<Map<string, string>> {
  const { cipher } = basis.context.deps;
  const customers = new Map<string, NewCustomer>();
  for (const { buyer, row } of decisions) {
    if (buyer?.kind !== 'new' || customers.has(buyer.key)) continue;
    const { customerNo, customerName, phone } = row.values;
    const values = {
      ...(customerNo !== undefined && { customerNo }),
      ...(customerName !== undefined && { name: customerName }),
      ...(phone !== undefined && { phone }),
    };
    customers.set(buyer.key, sealCustomer(cipher, newId(), values));
  }
  await createCustomers(tx, [...customers.values()], ownership(basis));
  return new Map([...customers].map(([key, { id }]) => [key, id]));
}

const distinct = <Item>(items: readonly Item[], pick: (item: Item) => string | undefined): string[] => [
  ...new Set(items.flatMap((item) => pick(item) ?? [])),
];
