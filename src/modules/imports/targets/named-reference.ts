import { fieldRemark, type Remark } from '../row-report.js';
import type { NameIndex } from './purchase-references.js';

/** What a row refers to, or why it cannot be told. */
export type Found<Value> = { readonly value: Value } | { readonly problem: Remark };

/** The one record that a name stands for; none for no name. */
export function findNamed(name: string | undefined, field: string, names: NameIndex): Found<string | null> {
  if (name === undefined) return { value: null };
  const [id, ...others] = names.get(name) ?? [];
  if (id === undefined) return { problem: fieldRemark(field, 'imports.problem.unknownName') };
  return others.length > 0 ? { problem: fieldRemark(field, 'imports.problem.ambiguousName') } : { value: id };
}
