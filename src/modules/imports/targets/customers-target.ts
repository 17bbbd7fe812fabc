import type { TabularRow } from '../../../core/tabular/tabular-row.js';
import { emailKey, findFirstRows, numberKey, phoneKey } from '../first-rows.js';
import { guessMapping } from '../values/guess-mapping.js';
import { customerCells } from './customer-cells.js';
import { customerFieldSynonyms, type CustomerField } from './customer-fields.js';
import { withHashes } from './customer-row.js';
import { decideCustomers, type CustomerDecision } from './decide-customers.js';
import type { ChunkBasis, ChunkResult, ImportField, ImportTarget } from './import-target.js';
import { findKnownCustomers } from './known-customers.js';
import { rowReader } from './read-row.js';
import { changeCustomers, createCustomers, type Ownership } from './write-customers.js';

const fields: readonly (ImportField & { readonly name: CustomerField })[] = [
  { name: 'customerNo', label: 'customers.customerNo', kind: 'text' },
  { name: 'name', label: 'customers.name', kind: 'text' },
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
];

const required = ['name'] as const satisfies readonly CustomerField[];

/** Files of customers. */
export const customersTarget: ImportTarget = {
  name: 'customers',
  permission: 'customers:create',
  fields,
  guess: (header) => guessMapping(header, customerFieldSynonyms),
  incomplete: (columns) =>
    columns.includes('name') ? undefined : { path: 'columns', key: 'imports.nameNotMapped' },
  understand: (columns, settings, rows) => rows.map(rowReader(customerCells, required, columns, settings)),
  process: processCustomers,
};

async function processCustomers(basis: ChunkBasis, rows: readonly TabularRow[]): Promise<ChunkResult> {
  const { tx, importer, options } = basis;
  const { cipher } = basis.context.deps;
  const read = rowReader(customerCells, required, basis.columns, basis.settings);
  const customerRows = rows.map((row) => withHashes(cipher, read(row)));
  const keys = {
    numbers: customerRows.flatMap(({ values }) => values.customerNo ?? []),
    phoneHashes: customerRows.flatMap(({ phoneHash }) => phoneHash ?? []),
    emailHashes:
      options.identifyBy === 'email' ? customerRows.flatMap(({ emailHash }) => emailHash ?? []) : [],
  };
  const known = await findKnownCustomers(tx, importer.viewer, keys);
  const allKeys = [
    ...[...new Set([...keys.numbers, ...known.allNumbers()])].map(numberKey),
    ...keys.phoneHashes.map(phoneKey),
    ...keys.emailHashes.map(emailKey),
  ];
  const firstRows = await findFirstRows(tx, basis.importId, allKeys, rows[0]?.rowNumber ?? 0);
  const decisions = decideCustomers(customerRows, { cipher, options, known, firstRows });
  const createdIds = basis.storingAs === null ? new Map<number, string>() : await store(basis, decisions);
  return {
    firstRows,
    reports: decisions.map(({ row, outcome, remarks, isDuplicate, customer }) => ({
      rowNo: row.rowNo,
      outcome,
      remarks,
      isDuplicate,
      createsCustomer: false,
      recordId: customer?.id ?? createdIds.get(row.rowNo) ?? null,
    })),
  };
}

/** @returns the ids of new customers by their rows. */
async function store(
  basis: ChunkBasis,
  decisions: readonly CustomerDecision[],
): Promise<Map<number, string>> {
  const { tx } = basis;
  const { cipher } = basis.context.deps;
  const created = decisions.filter(({ outcome }) => outcome === 'created').map(({ row }) => row);
  const ids = await createCustomers(
    tx,
    cipher,
    created.map(({ values }) => values),
    ownership(basis),
  );
  const changed = decisions.flatMap(({ outcome, customer, changes }) =>
    outcome === 'updated' && customer ? [{ id: customer.id, changes }] : [],
  );
  await changeCustomers(tx, cipher, changed);
  return new Map(created.map(({ rowNo }, index) => [rowNo, ids[index] ?? '']));
}

/** New customers belong to whoever imports them, or to nobody. */
export function ownership({ importer, options }: ChunkBasis): Ownership {
  const { teamId, branchId, viewer } = importer;
  return options.owner === 'importer'
    ? { ownerId: viewer.id, teamId, branchId }
    : { ownerId: null, teamId: null, branchId: null };
}
