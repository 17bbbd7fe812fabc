import type { Cipher } from '../../../core/cipher.js';
import type { CustomField } from '../../custom-fields/custom-field.js';
import { personalFields, personalProblems } from '../../customers/customers.schemas.js';
import { emailKey, numberKey, phoneKey, type FirstRows } from '../first-rows.js';
import type { ImportOptions } from '../import-options.js';
import { fieldRemark, rowRemark, type Outcome, type Remark } from '../row-report.js';
import { customerChanges } from './customer-changes.js';
import type { CustomerRow, CustomerValues } from './customer-row.js';
import type { KnownCustomer, KnownCustomers } from './known-customers.js';

/** What a row of a file of customers becomes, and what has to be written for it. */
export interface CustomerDecision {
  readonly row: CustomerRow;
  readonly outcome: Outcome;
  readonly remarks: readonly Remark[];
  readonly isDuplicate: boolean;
  /** The stored customer that the row means. */
  readonly customer: KnownCustomer | undefined;
  readonly changes: CustomerValues;
}

export interface DecisionBasis {
  readonly cipher: Cipher;
  readonly customFields: readonly CustomField[];
  readonly options: ImportOptions;
  readonly known: KnownCustomers;
  readonly firstRows: FirstRows;
}

/** The customer that a row means: an earlier row's, a stored one, several that fit, or a new one. */
type Match =
  | { readonly kind: 'earlier-row'; readonly rowNo: number }
  | { readonly kind: 'stored'; readonly customer: KnownCustomer }
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'new' };

/**
 * Decides row by row, in the order of the file. A customer number means its customer and may stand in a file once. A row
 * without number is known by phone or e-mail, as far as the options say. A phone that another customer has is reported
 * and does no harm: families share phones.
 */
export function decideCustomers(rows: readonly CustomerRow[], basis: DecisionBasis): CustomerDecision[] {
  return rows.map((row) => {
    const decision = decide(row, basis);
    remember(decision, basis);
    return decision;
  });
}

function decide(row: CustomerRow, basis: DecisionBasis): CustomerDecision {
  const problems = [...row.problems, ...repeatedNumber(row, basis)];
  if (problems.length > 0) return leftOut(row, 'rejected', problems);
  const { policy } = basis.options;
  const match = findMatch(row, basis);
  switch (match.kind) {
    case 'new':
      return created(row, basis);
    case 'earlier-row':
      if (policy === 'create') return created(row, basis);
      return {
        ...leftOut(row, 'skipped', [rowRemark('imports.remark.repeatsRow', { row: match.rowNo })]),
        isDuplicate: true,
      };
    case 'several':
      if (policy === 'create') return created(row, basis);
      return leftOut(row, policy === 'skip' ? 'skipped' : 'rejected', [
        rowRemark('imports.problem.severalCustomers', { count: match.count }),
      ]);
    case 'stored':
      return decideStored(row, match.customer, basis);
  }
}

function decideStored(row: CustomerRow, customer: KnownCustomer, basis: DecisionBasis): CustomerDecision {
  const { policy } = basis.options;
  const isNumbered = row.values.customerNo !== undefined;
  if (customer.is_deleted) {
    return leftOut(row, 'rejected', [fieldRemark('customerNo', 'imports.problem.inRecycleBin')]);
  }
  if (policy === 'create') {
    if (!isNumbered) return created(row, basis);
    return leftOut(row, 'rejected', [fieldRemark('customerNo', 'imports.problem.numberTaken')]);
  }
  if (policy === 'skip') {
    const remark = customer.can_read
      ? rowRemark('imports.remark.isStored', { customerNo: customer.customer_no })
      : rowRemark('imports.remark.isStoredElsewhere');
    return { ...leftOut(row, 'skipped', [remark]), customer };
  }
  if (!customer.can_edit) return leftOut(row, 'rejected', [rowRemark('imports.problem.notYours')]);
  const problems = companyProblems(row, customer);
  if (problems.length > 0) return leftOut(row, 'rejected', problems);
  const changes = customerChanges(basis.cipher, basis.customFields, row, customer);
  const sharing = sharedPhone(row, basis, customer, changes.phone !== undefined);
  const outcome = Object.keys(changes).length === 0 ? 'unchanged' : 'updated';
  return { row, outcome, remarks: sharing, isDuplicate: sharing.length > 0, customer, changes };
}

function created(row: CustomerRow, basis: DecisionBasis): CustomerDecision {
  const problems = companyProblems(row);
  if (problems.length > 0) return leftOut(row, 'rejected', problems);
  const sharing = sharedPhone(row, basis, undefined, true);
  const isDuplicate = sharing.length > 0;
  return { row, outcome: 'created', remarks: sharing, isDuplicate, customer: undefined, changes: {} };
}

const leftOut = (row: CustomerRow, outcome: Outcome, remarks: readonly Remark[]): CustomerDecision => ({
  row,
  outcome,
  remarks,
  isDuplicate: false,
  customer: undefined,
  changes: {},
});

/** What a company would get or keep that only people have. */
function companyProblems({ values }: CustomerRow, customer?: KnownCustomer): Remark[] {
  if ((values.kind ?? customer?.kind) !== 'company') return [];
  const gender = values.gender ?? customer?.gender ?? null;
  const birthDate = values.birthDate ?? customer?.birth_date ?? null;
  const personal = { gender, birthDate };
  return personalFields.flatMap((field) =>
    personal[field] === null ? [] : [fieldRemark(field, personalProblems[field])],
  );
}

function repeatedNumber({ values }: CustomerRow, { firstRows }: DecisionBasis): Remark[] {
  if (values.customerNo === undefined) return [];
  const first = firstRows.find(numberKey(values.customerNo));
  return first === undefined
    ? []
    : [fieldRemark('customerNo', 'imports.problem.repeatedNumber', { row: first })];
}

function findMatch(row: CustomerRow, { options, known, firstRows }: DecisionBasis): Match {
  const { customerNo } = row.values;
  if (customerNo !== undefined) {
    const customer = known.withNumber(customerNo);
    return customer ? { kind: 'stored', customer } : { kind: 'new' };
  }
  const chain: [string | undefined, (hash: string) => string, readonly KnownCustomer[]][] = [];
  if (options.identifyBy !== 'number') chain.push([row.phoneHash, phoneKey, known.withPhone(row.phoneHash)]);
  if (options.identifyBy === 'email') chain.push([row.emailHash, emailKey, known.withEmail(row.emailHash)]);
  for (const [hash, keyOf, customers] of chain) {
    const rowNo = hash === undefined ? undefined : firstRows.find(keyOf(hash));
    if (rowNo !== undefined) return { kind: 'earlier-row', rowNo };
    if (customers.length > 1) return { kind: 'several', count: customers.length };
    const [customer] = customers;
    if (!customer) continue;
    const sameCustomerRowNo = firstRows.find(numberKey(customer.customer_no));
    return sameCustomerRowNo === undefined
      ? { kind: 'stored', customer }
      : { kind: 'earlier-row', rowNo: sameCustomerRowNo };
  }
  return { kind: 'new' };
}

/** Says who else has the phone of a row: an earlier row of the file or, where the phone is news, a stored customer. */
function sharedPhone(
  row: CustomerRow,
  { known, firstRows }: DecisionBasis,
  own: KnownCustomer | undefined,
  isNews: boolean,
): Remark[] {
  if (row.phoneHash === undefined) return [];
  const first = firstRows.find(phoneKey(row.phoneHash));
  if (first !== undefined) return [fieldRemark('phone', 'imports.remark.phoneOfRow', { row: first })];
  const others = isNews ? known.withPhone(row.phoneHash).filter(({ id }) => id !== own?.id) : [];
  const [visible] = others.filter((customer) => customer.can_read);
  if (visible) {
    return [fieldRemark('phone', 'imports.remark.phoneOfCustomer', { customerNo: visible.customer_no })];
  }
  return others.length > 0 ? [fieldRemark('phone', 'imports.remark.phoneOfSomebody')] : [];
}

/** A number stands for its row even where the row is left out; phones and e-mail addresses only where it is taken. */
function remember(decision: CustomerDecision, { firstRows }: DecisionBasis): void {
  const { row, outcome, customer } = decision;
  const customerNo = row.values.customerNo ?? customer?.customer_no;
  if (customerNo !== undefined) firstRows.add(numberKey(customerNo), row.rowNo);
  if (outcome === 'rejected') return;
  if (row.phoneHash !== undefined) firstRows.add(phoneKey(row.phoneHash), row.rowNo);
  if (row.emailHash !== undefined) firstRows.add(emailKey(row.emailHash), row.rowNo);
}
