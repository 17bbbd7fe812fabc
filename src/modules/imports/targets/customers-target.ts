import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../core/database.js';
import type { CustomFieldName } from '../../custom-fields/custom-values.js';
import { emailKey, findFirstRows, numberKey, phoneKey, type FirstRows } from '../first-rows.js';
import type { ColumnMapping } from '../import-options.js';
import { guessMapping } from '../values/guess-mapping.js';
import { customCells, customImportFields, customSynonyms } from './custom-cells.js';
import { customerCells } from './customer-cells.js';
import { customerFieldSynonyms, type CustomerField } from './customer-fields.js';
import { emailHashOf, withPhoneHash, type CustomerRow } from './customer-row.js';
import { decideCustomers, type CustomerDecision } from './decide-customers.js';
import type { ChunkBasis, ChunkResult, ImportField, ImportTarget } from './import-target.js';
import { findKnownCustomers, type CustomerKeys, type KnownCustomers } from './known-customers.js';
import { rowReader, type ReadingSettings, type ReadRow } from './read-row.js';
import {
  changeCustomers,
  createCustomers,
  sealCustomer,
  type NewCustomer,
  type Ownership,
} from './write-customers.js';

const fields: readonly (ImportField & { readonly name: CustomerField })[] = [
  { name: 'customerNo', label: 'customers.customerNo', kind: 'text' },
  { name: 'name', label: 'customers.name', kind: 'text' },
  { name: 'kind', label: 'customers.kind', kind: 'customerKind' },
  { name: 'gender', label: 'customers.gender', kind: 'gender' },
  { name: 'birthDate', label: 'customers.birthDate', kind: 'day' },
  { name: 'phone', label: 'customers.phone', kind: 'phone' },
  { name: 'email', label: 'customers.email', kind: 'email' },
  { name: 'wechat', label: 'customers.wechat', kind: 'secret' },
  { name: 'city', label: 'customers.city', kind: 'text' },
  { name: 'address', label: 'customers.address', kind: 'secret' },
  { name: 'source', label: 'customers.source', kind: 'text' },
  { name: 'firstVisitOn', label: 'customers.firstVisitOn', kind: 'day' },
  { name: 'remark', label: 'customers.remark', kind: 'text' },
  { name: 'habits', label: 'customers.habits', kind: 'text' },
  { name: 'preferences', label: 'customers.preferences', kind: 'text' },
  { name: 'needs', label: 'customers.needs', kind: 'text' },
  { name: 'tags', label: 'tags.tags', kind: 'text' },
];

const required = ['name'] as const satisfies readonly CustomerField[];

/** Files of customers. */
export const customersTarget: ImportTarget = {
  name: 'customers',
  permission: 'customers:create',
  fields,
  customFields: ({ customFields }) => customImportFields(customFields),
  guess: (header, { customFields }) =>
    guessMapping<CustomerField | CustomFieldName>(header, {
      ...customSynonyms(customFields),
      ...customerFieldSynonyms,
    }),
  incomplete: (columns) =>
    columns.includes('name') ? undefined : { path: 'columns', key: 'imports.nameNotMapped' },
  understand: (columns, settings, rows) => rows.map(customerReader(columns, settings)),
  begin(basis, rows) {
    const read = customerReader(basis.columns, basis.settings);
    const customerRows = rows.map((row) => customerRow(basis, read(row)));
    const sealed = sealPlanned(basis, customerRows);
    return (tx) => decide(tx, basis, customerRows, sealed);
  },
};

const customerReader = (columns: ColumnMapping, settings: ReadingSettings) =>
  rowReader<CustomerField | CustomFieldName>(
    { ...customCells(settings.customFields), ...customerCells },
    required,
    columns,
    settings,
  );

function customerRow(
  { context, options }: ChunkBasis,
  row: ReadRow<CustomerField | CustomFieldName>,
): CustomerRow {
  const { cipher } = context.deps;
  const emailHash = options.identifyBy === 'email' ? emailHashOf(cipher, row) : undefined;
  return { ...withPhoneHash(cipher, row), emailHash };
}

/** Encrypts and spells ahead what the check found to be new. */
function sealPlanned(
  { context, storing, settings }: ChunkBasis,
  rows: readonly CustomerRow[],
): Map<number, NewCustomer> {
  const sealed = new Map<number, NewCustomer>();
  for (const { rowNo, values } of rows) {
    const planned = storing?.plan.get(rowNo);
    if (planned?.outcome !== 'created' || planned.recordId === null) continue;
    sealed.set(rowNo, sealCustomer(context.deps.cipher, planned.recordId, values, settings.customFields));
  }
  return sealed;
}

async function decide(
  tx: Transaction,
  basis: ChunkBasis,
  rows: readonly CustomerRow[],
  sealed: ReadonlyMap<number, NewCustomer>,
): Promise<ChunkResult> {
  const { importer, options } = basis;
  const { cipher } = basis.context.deps;
  const keys: CustomerKeys = {
    numbers: rows.flatMap(({ values }) => values.customerNo ?? []),
    phoneHashes: rows.flatMap(({ phoneHash }) => phoneHash ?? []),
    emailHashes: rows.flatMap(({ emailHash }) => emailHash ?? []),
  };
  const known = await findKnownCustomers(tx, importer.viewer, keys);
  const firstRows = await findEarlierRows(tx, basis, rows, keys, known);
  const decisions = decideCustomers(rows, {
    cipher,
    customFields: basis.settings.customFields,
    options,
    known,
    firstRows,
  });
  const created =
    basis.storing === null ? new Map<number, NewCustomer>() : newCustomers(basis, decisions, sealed);
  return {
    firstRows,
    store: () => store(tx, basis, decisions, created),
    reports: decisions.map(({ row, outcome, remarks, isDuplicate, customer }) => ({
      rowNo: row.rowNo,
      outcome,
      remarks,
      isDuplicate,
      createsCustomer: false,
      recordId: outcome === 'created' ? (created.get(row.rowNo)?.id ?? newId()) : (customer?.id ?? null),
    })),
  };
}

function findEarlierRows(
  tx: Transaction,
  basis: ChunkBasis,
  rows: readonly CustomerRow[],
  keys: CustomerKeys,
  known: KnownCustomers,
): Promise<FirstRows> {
  const all = [
    ...new Set([...keys.numbers, ...known.allNumbers()].map(numberKey)),
    ...keys.phoneHashes.map(phoneKey),
    ...keys.emailHashes.map(emailKey),
  ];
  return findFirstRows(tx, basis.importId, all, rows[0]?.rowNo ?? 0);
}

/** New customers by their rows: those that were sealed ahead, and those that the check did not take for new. */
function newCustomers(
  { context, settings }: ChunkBasis,
  decisions: readonly CustomerDecision[],
  sealed: ReadonlyMap<number, NewCustomer>,
): ReadonlyMap<number, NewCustomer> {
  return new Map(
    decisions
      .filter(({ outcome }) => outcome === 'created')
      .map(({ row: { rowNo, values } }) => [
        rowNo,
        sealed.get(rowNo) ?? sealCustomer(context.deps.cipher, newId(), values, settings.customFields),
      ]),
  );
}

async function store(
  tx: Transaction,
  basis: ChunkBasis,
  decisions: readonly CustomerDecision[],
  created: ReadonlyMap<number, NewCustomer>,
): Promise<void> {
  if (basis.storing === null) return;
  await createCustomers(tx, [...created.values()], ownership(basis));
  const changed = decisions.flatMap(({ outcome, customer, changes }) =>
    outcome === 'updated' && customer ? [{ id: customer.id, changes }] : [],
  );
  await changeCustomers(tx, basis.context.deps.cipher, basis.settings.customFields, changed);
}

/** New customers belong to whoever imports them, or to nobody. */
export function ownership({ importer, options }: ChunkBasis): Ownership {
  const { teamId, branchId, viewer } = importer;
  return options.owner === 'importer'
    ? { ownerId: viewer.id, teamId, branchId }
    : { ownerId: null, teamId: null, branchId: null };
}
