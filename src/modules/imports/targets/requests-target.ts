import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../core/database.js';
import { recomputeDeadlines } from '../../deadlines/recompute-deadlines.js';
import { findFirstRows, numberKey } from '../first-rows.js';
import { guessMapping } from '../values/guess-mapping.js';
import { createCategories, readCategoryPaths } from './category-paths.js';
import { emailHashOf, withPhoneHash } from './customer-row.js';
import { decideRequests, type RequestDecision } from './decide-requests.js';
import type { ChunkBasis, ChunkResult, ImportField, ImportTarget } from './import-target.js';
import { defaultType, typeFinder } from './imported-types.js';
import { findKnownCustomers } from './known-customers.js';
import { findBranches } from './purchase-references.js';
import { rowReader } from './read-row.js';
import { requestCells } from './request-cells.js';
import { requestFieldSynonyms, type RequestField } from './request-fields.js';
import {
  findColleagues,
  findImportStates,
  findKnownRequests,
  findNamedCustomers,
} from './request-references.js';
import type { RequestRow } from './request-row.js';
import { closingOf, plannedRequest, storeRequests } from './store-requests.js';
import { closeRequests } from './write-requests.js';

const fields: readonly (ImportField & { readonly name: RequestField })[] = [
  { name: 'sourceNo', label: 'imports.field.sourceNo', kind: 'text' },
  { name: 'receivedAt', label: 'serviceRequests.receivedAt', kind: 'moment' },
  { name: 'closedAt', label: 'imports.field.closedAt', kind: 'moment' },
  { name: 'type', label: 'serviceRequests.type', kind: 'text' },
  { name: 'category', label: 'serviceRequests.category', kind: 'text' },
  { name: 'subCategory', label: 'imports.field.subCategory', kind: 'text' },
  { name: 'subject', label: 'serviceRequests.subject', kind: 'text' },
  { name: 'description', label: 'serviceRequests.description', kind: 'text' },
  { name: 'status', label: 'serviceRequests.state', kind: 'progress' },
  { name: 'priority', label: 'serviceRequests.priority', kind: 'priority' },
  { name: 'channel', label: 'serviceRequests.channel', kind: 'channel' },
  { name: 'branchName', label: 'customers.branch', kind: 'text' },
  { name: 'place', label: 'serviceRequests.place', kind: 'text' },
  { name: 'area', label: 'imports.field.area', kind: 'text' },
  { name: 'customerNo', label: 'customers.customerNo', kind: 'text' },
  { name: 'customerName', label: 'imports.field.customerName', kind: 'text' },
  { name: 'phone', label: 'customers.phone', kind: 'phone' },
  { name: 'email', label: 'customers.email', kind: 'email' },
  { name: 'assignee', label: 'serviceRequests.assignee', kind: 'text' },
  { name: 'resolution', label: 'serviceRequests.resolution', kind: 'text' },
];

const required = ['sourceNo', 'receivedAt'] as const satisfies readonly RequestField[];

/** Files of service requests of another system. Nobody is told of them and nothing is due: they are history. */
export const requestsTarget: ImportTarget = {
  name: 'serviceRequests',
  permission: 'service-requests:create',
  fields,
  customFields: () => [],
  guess: (header) => guessMapping(header, requestFieldSynonyms),
  incomplete: (columns) =>
    required.every((field) => columns.includes(field))
      ? undefined
      : { path: 'columns', key: 'imports.requestFieldsNotMapped' },
  understand: (columns, settings, rows) => rows.map(rowReader(requestCells, required, columns, settings)),
  begin(basis, rows) {
    const { cipher } = basis.context.deps;
    const read = rowReader(requestCells, required, basis.columns, basis.settings);
    const requestRows = rows.map((row) => {
      const readRow = read(row);
      return { ...withPhoneHash(cipher, readRow), emailHash: emailHashOf(cipher, readRow) };
    });
    return (tx) => decide(tx, basis, requestRows);
  },
};

async function decide(tx: Transaction, basis: ChunkBasis, rows: readonly RequestRow[]): Promise<ChunkResult> {
  const { importer, options, settings, storing } = basis;
  const every = (field: RequestField) => [...new Set(rows.flatMap(({ values }) => values[field] ?? []))];
  const numbers = every('sourceNo');
  const firstRows = await findFirstRows(tx, basis.importId, numbers.map(numberKey), rows[0]?.rowNo ?? 0);
  const categories = await readCategoryPaths(tx, storing !== null);
  const decisions = decideRequests(rows, {
    options,
    firstRows,
    categories,
    known: await findKnownRequests(tx, importer.viewer, numbers),
    typeOf: typeFinder(settings.requestTypes),
    defaultType: defaultType(settings.requestTypes, options.requestTypeId),
    customers: await findKnownCustomers(tx, importer.viewer, {
      numbers: every('customerNo'),
      phoneHashes: rows.flatMap(({ phoneHash }) => phoneHash ?? []),
      emailHashes: rows.flatMap(({ emailHash }) => emailHash ?? []),
    }),
    namedCustomers: await findNamedCustomers(tx, importer.viewer, every('customerName')),
    colleagues: await findColleagues(tx, every('assignee')),
    branches: await findBranches(tx, every('branchName')),
  });
  const planned = decisions.map((decision) => ({ ...decision, id: recordId(basis, decision) }));
  return {
    firstRows,
    async store() {
      if (storing === null) return;
      await createCategories(tx, categories);
      await store(tx, basis, planned);
    },
    reports: planned.map(({ row: { rowNo }, outcome, remarks, id }) => ({
      ...{ rowNo, outcome, remarks, recordId: id },
      ...{ isDuplicate: false, createsCustomer: false },
    })),
  };
}

/** That of the stored request, the id that the check gave to a new one, or a new one. */
function recordId({ storing }: ChunkBasis, { row, outcome, known }: RequestDecision): string | null {
  if (outcome !== 'created') return known?.id ?? null;
  const planned = storing?.plan.get(row.rowNo);
  return planned?.outcome === 'created' && planned.recordId !== null ? planned.recordId : newId();
}

async function store(
  tx: Transaction,
  { importer: { viewer }, context }: ChunkBasis,
  decisions: readonly (RequestDecision & { readonly id: string | null })[],
): Promise<void> {
  const states = await findImportStates(tx);
  await storeRequests(
    tx,
    viewer.id,
    states,
    decisions.flatMap(({ id, row, parts }) =>
      id === null || !parts ? [] : [plannedRequest(id, row, parts)],
    ),
  );
  const changed = decisions.filter(({ outcome }) => outcome === 'updated');
  await closeRequests(
    tx,
    changed.flatMap((decision) => closingOf(viewer.id, states, decision)),
  );
  const counted = changed.flatMap(({ known }) => (known?.has_deadlines === true ? known.id : []));
  await recomputeDeadlines(tx, counted, context.deps.now());
}
