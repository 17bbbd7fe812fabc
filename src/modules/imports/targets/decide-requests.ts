import { numberKey, type FirstRows } from '../first-rows.js';
import type { ImportOptions } from '../import-options.js';
import { fieldRemark, rowRemark, type Outcome, type Remark } from '../row-report.js';
import type { CategoryPaths } from './category-paths.js';
import type { ImportedType } from './imported-types.js';
import type { KnownCustomers } from './known-customers.js';
import { findNamed } from './named-reference.js';
import type { NameIndex } from './purchase-references.js';
import { findRequestCustomer } from './request-customer.js';
import type { RequestRow } from './request-row.js';
import type { KnownRequest } from './request-references.js';

/** What a row of a file of requests becomes, and what has to be written for it. */
export interface RequestDecision {
  readonly row: RequestRow;
  readonly outcome: Outcome;
  readonly remarks: readonly Remark[];
  /** The stored request that the row means. */
  readonly known: KnownRequest | undefined;
  /** Nothing for rows that become no request. */
  readonly parts: RequestParts | undefined;
}

/** What a new request refers to. */
export interface RequestParts {
  readonly type: ImportedType;
  readonly categoryId: string | null;
  /** Names from the type or top category down, for a row without a subject. */
  readonly topic: readonly string[];
  readonly customerId: string | null;
  readonly assigneeId: string | null;
  readonly branchId: string | null;
}

export interface RequestBasis {
  readonly options: ImportOptions;
  readonly firstRows: FirstRows;
  readonly known: ReadonlyMap<string, KnownRequest>;
  readonly typeOf: (name: string | undefined) => ImportedType | undefined;
  readonly defaultType: ImportedType;
  readonly categories: CategoryPaths;
  readonly customers: KnownCustomers;
  readonly namedCustomers: NameIndex;
  readonly colleagues: NameIndex;
  readonly branches: NameIndex;
}

/** Decides row by row, in the order of the file. A number stands in a file once. */
export function decideRequests(rows: readonly RequestRow[], basis: RequestBasis): RequestDecision[] {
  return rows.map((row) => {
    const decision = decide(row, basis);
    if (row.values.sourceNo !== undefined) basis.firstRows.add(numberKey(row.values.sourceNo), row.rowNo);
    return decision;
  });
}

function decide(row: RequestRow, basis: RequestBasis): RequestDecision {
  const problems = [...row.problems, ...ownProblems(row, basis)];
  if (problems.length > 0) return leftOut(row, 'rejected', problems);
  const known = basis.known.get(row.values.sourceNo ?? '');
  return known ? decideKnown(row, known, basis) : decideNew(row, basis);
}

/** What is wrong with a row by itself and with those before it. */
function ownProblems({ values, rowNo }: RequestRow, { firstRows }: RequestBasis): Remark[] {
  const { sourceNo, receivedAt, closedAt, status } = values;
  const first = sourceNo === undefined ? undefined : firstRows.find(numberKey(sourceNo));
  const isClosedFirst = receivedAt !== undefined && closedAt !== undefined && closedAt < receivedAt;
  const isTimeMissing = status !== undefined && status !== 'open' && closedAt === undefined;
  return [
    ...(first !== undefined && first !== rowNo
      ? [fieldRemark('sourceNo', 'imports.problem.repeatedNumber', { row: first })]
      : []),
    ...(isClosedFirst ? [fieldRemark('closedAt', 'imports.problem.closedBeforeReceived')] : []),
    ...(isTimeMissing ? [fieldRemark('closedAt', 'imports.problem.closedWithoutTime')] : []),
  ];
}

/** Of a request that is there already only its closing is taken over. */
function decideKnown(row: RequestRow, known: KnownRequest, { options }: RequestBasis): RequestDecision {
  if (known.is_deleted) return leftOut(row, 'rejected', [rowRemark('imports.problem.requestInRecycleBin')]);
  if (options.policy !== 'update') {
    return { ...leftOut(row, 'skipped', [rowRemark('imports.remark.requestIsStored')]), known };
  }
  const { closedAt } = row.values;
  const isSame = closedAt === undefined || known.closed_at?.getTime() === Date.parse(closedAt);
  if (isSame) return { ...leftOut(row, 'unchanged', []), known };
  if (!known.can_close) return leftOut(row, 'rejected', [rowRemark('imports.problem.requestNotYours')]);
  return { ...leftOut(row, 'updated', []), known };
}

function decideNew(row: RequestRow, basis: RequestBasis): RequestDecision {
  const { values } = row;
  const customer = findRequestCustomer(row, basis);
  const assignee = findNamed(values.assignee?.toLowerCase(), 'assignee', basis.colleagues);
  const branch = findNamed(values.branchName, 'branchName', basis.branches);
  const type = basis.typeOf(values.type);
  const topic = [type ? undefined : values.type, values.category, values.subCategory].filter(
    (name) => name !== undefined,
  );
  const found = [customer, assignee, branch].flatMap((result) => ('problem' in result ? result.problem : []));
  if ('problem' in customer || 'problem' in assignee || 'problem' in branch) {
    return leftOut(row, 'rejected', found);
  }
  const categoryId = basis.categories.idOf((type ?? basis.defaultType).id, topic);
  if (categoryId === undefined) {
    return leftOut(row, 'rejected', [fieldRemark('category', 'imports.problem.tooManyCategories')]);
  }
  return {
    ...leftOut(row, 'created', []),
    parts: {
      type: type ?? basis.defaultType,
      categoryId,
      topic,
      customerId: customer.value,
      assigneeId: assignee.value,
      branchId: branch.value,
    },
  };
}

const leftOut = (row: RequestRow, outcome: Outcome, remarks: readonly Remark[]): RequestDecision => ({
  row,
  outcome,
  remarks,
  known: undefined,
  parts: undefined,
});
