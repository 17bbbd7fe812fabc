import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../core/database.js';
import { sql } from '../../../core/sql.js';
import { tagSeparator } from '../../tags/tag.js';
import { problem, type CellValue } from '../values/cell-value.js';

const separator = '; ';

/** The tags of a cell by their own spelling, with `; ` between them. All of them have to be there already. */
export function parseTags(cell: string, tagNames: readonly string[]): CellValue<string> {
  const typed = cell
    .normalize('NFC')
    .split(tagSeparator)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (typed.length === 0) return { value: null };
  const names = typed.map((name) => tagNames.find((known) => known.toLowerCase() === name));
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length) return problem('imports.problem.tag.unknown');
  return { value: [...new Set(known)].join(separator) };
}

/** The tags of a row that a customer does not have yet; undefined for none. */
export function missingTags(tags: string, held: readonly string[]): string | undefined {
  const missing = tags.split(separator).filter((name) => !held.includes(name));
  return missing.length === 0 ? undefined : missing.join(separator);
}

export interface TaggedCustomer {
  readonly id: string;
  readonly tags: string | undefined;
}

/** Puts tags on customers in one statement; a tag that is gone by now is left out. */
export async function tagCustomers(tx: Transaction, customers: readonly TaggedCustomer[]): Promise<void> {
  const pairs = customers.flatMap(({ id, tags }) =>
    tags === undefined ? [] : tags.split(separator).map((name) => ({ id: newId(), customer_id: id, name })),
  );
  if (pairs.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO customer_tags (id, customer_id, tag_id)
    SELECT pair.id, pair.customer_id, tags.id
    FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS pair (id uuid, customer_id uuid, name text)
    JOIN tags ON tags.name = pair.name
    ON CONFLICT DO NOTHING`);
}
