import { z } from 'zod';
import type { Transaction } from '../../core/database.js';

/** Characters of a keyed hash of 43 that tell the rows of one file apart: 132 bits. */
const keptHash = 22;

export const numberKey = (customerNo: string): string => `n:${customerNo}`;
/** Phones and e-mail addresses are remembered by their keyed hashes alone. */
export const phoneKey = (hash: string): string => `p:${hash.slice(0, keptHash)}`;
export const emailKey = (hash: string): string => `e:${hash.slice(0, keptHash)}`;

/** Which row of a file was the first with a customer number, phone or e-mail address. */
export class FirstRows {
  readonly added = new Map<string, number>();

  constructor(private readonly earlier: ReadonlyMap<string, number> = new Map()) {}

  find(key: string): number | undefined {
    return this.earlier.get(key) ?? this.added.get(key);
  }

  /** Remembers a row under a key, unless an earlier row stands there. */
  add(key: string, rowNo: number): void {
    if (this.find(key) === undefined) this.added.set(key, rowNo);
  }
}

const KeyRow = z.object({ key: z.string(), row_no: z.number() });

/** The rows before `beforeRowNo` that were the first with one of these keys. */
export async function findFirstRows(
  tx: Transaction,
  importId: string,
  keys: readonly string[],
  beforeRowNo: number,
): Promise<FirstRows> {
  const rows = KeyRow.array().parse(
    await tx.$queryRaw`
      SELECT key, row_no FROM import_keys
      WHERE import_id = ${importId}::uuid AND key = ANY(${[...keys]}::text[]) AND row_no < ${beforeRowNo}`,
  );
  return new FirstRows(new Map(rows.map(({ key, row_no }) => [key, row_no])));
}

/** Keeps what the rows of a chunk added, for the chunks behind it. */
export async function saveFirstRows(tx: Transaction, importId: string, { added }: FirstRows): Promise<void> {
  if (added.size === 0) return;
  await tx.$executeRaw`
    INSERT INTO import_keys (import_id, key, row_no)
    SELECT ${importId}::uuid, key, row_no
    FROM unnest(${[...added.keys()]}::text[], ${[...added.values()]}::integer[]) AS added(key, row_no)`;
}
