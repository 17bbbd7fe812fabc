import type { CustomerKind } from '../../customers/customers.schemas.js';
import { plainText, problem, type CellValue } from './cell-value.js';

const spellings: Readonly<Record<CustomerKind, readonly string[]>> = {
  person: ['个人', '个人客户', '自然人', '散客', 'person', 'individual', 'private', 'private person'],
  company: ['企业', '企业客户', '公司', '单位', '团体', 'company', 'corporate', 'business', 'organisation'],
};

const kinds = new Map<string, CustomerKind>([
  ...spellings.person.map((text) => [text, 'person'] as const),
  ...spellings.company.map((text) => [text, 'company'] as const),
]);

/** Whether a customer is a person or a company; an empty cell says nothing. */
export function parseCustomerKind(cell: string): CellValue<CustomerKind> {
  const text = plainText(cell).toLowerCase();
  if (text === '') return { value: null };
  const kind = kinds.get(text);
  return kind === undefined ? problem('imports.problem.customerKind.unknown') : { value: kind };
}
