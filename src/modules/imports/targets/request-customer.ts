import { fieldRemark } from '../row-report.js';
import type { KnownCustomer, KnownCustomers } from './known-customers.js';
import { findNamed, type Found } from './named-reference.js';
import type { NameIndex } from './purchase-references.js';
import type { RequestField } from './request-fields.js';
import type { RequestRow } from './request-row.js';

interface KnownPeople {
  readonly customers: KnownCustomers;
  readonly namedCustomers: NameIndex;
}

/**
 * The customer of a request: by the first of number, phone, e-mail address and name that the row has. A row without any of
 * them has none; one whose customer cannot be told is refused, so that nobody's word gets lost.
 */
export function findRequestCustomer(
  row: RequestRow,
  { customers, namedCustomers }: KnownPeople,
): Found<string | null> {
  const { customerNo, phone, email, customerName } = row.values;
  if (customerNo !== undefined) {
    const numbered = customers.withNumber(customerNo);
    return theOne('customerNo', numbered ? [numbered] : []);
  }
  if (phone !== undefined) return theOne('phone', customers.withPhone(row.phoneHash));
  if (email !== undefined) return theOne('email', customers.withEmail(row.emailHash));
  return findNamed(customerName?.toLowerCase(), 'customerName', namedCustomers);
}

function theOne(field: RequestField, candidates: readonly KnownCustomer[]): Found<string> {
  const [customer, ...others] = candidates;
  if (!customer) return { problem: fieldRemark(field, 'imports.problem.unknownCustomer') };
  if (others.length > 0) {
    const params = { count: candidates.length };
    return { problem: fieldRemark(field, 'imports.problem.severalCustomers', params) };
  }
  if (customer.is_deleted) return { problem: fieldRemark(field, 'imports.problem.inRecycleBin') };
  if (!customer.can_read) return { problem: fieldRemark(field, 'imports.problem.unknownCustomer') };
  return { value: customer.id };
}
