import { z } from 'zod';
import { rawSql, sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import type { TestProduct } from '../support/product.js';

/** Stands in every text that `fillWithCanaries` writes, and in no other. */
export const canary = 'kanarie';

/** Columns that say nothing of who somebody is, and stay: choices from a list, numbers, what statistics count by. */
const impersonal: ReadonlySet<string> = new Set([
  ...['customer_no', 'kind', 'gender', 'birth_calendar', 'city', 'source', 'pool_reason'].map(
    (column) => `customers.${column}`,
  ),
  ...['purchase_no', 'item'].map((column) => `purchases.${column}`),
  ...['channel', 'direction', 'outcome'].map((column) => `contact_records.${column}`),
  ...['state', 'origin'].map((column) => `follow_ups.${column}`),
  ...['kind', 'label'].map((column) => `customer_contact_points.${column}`),
  ...[
    'request_no',
    'source_no',
    'state_category',
    'channel',
    'next_due_kind',
    'origin',
    'deadline_basis',
  ].map((column) => `service_requests.${column}`),
  ...['kind', 'channel'].map((column) => `request_entries.${column}`),
  'request_state_changes.category',
  ...['way', 'reason'].map((column) => `request_assignments.${column}`),
  ...['kind', 'stage'].map((column) => `request_deadline_notices.${column}`),
  'complaints.responsibility',
  'recurring_requests.unit',
  // Who served is staff, and what was ticked comes from a list.
  ...['staff_name', 'locale', 'token_hash', 'sent_by', 'reasons'].map((column) => `surveys.${column}`),
  ...['reasons'].map((column) => `survey_corrections.${column}`),
  'return_visits.outcome',
]);

/** Columns that only some rows may fill, by the condition. */
const conditions: Readonly<Record<string, string>> = {
  'follow_ups.reason': `state = 'cancelled'`,
  'customer_tiers.override_reason': 'override_id IS NOT NULL',
};

const Column = z.object({ table: z.string(), column: z.string(), type: z.string() });
const AboutRow = z.object({ table: z.string(), id: z.string() });

/** The rows that are about a person and are there now. */
const rowsAbout = (product: TestProduct, personId: string) =>
  product.query(
    AboutRow,
    'SELECT of_table AS table, of_record AS id FROM rows_about_person($1) ORDER BY 1, 2',
    [personId],
  );

/** Every column of those tables that can hold words. */
const wordColumns = (product: TestProduct, tables: readonly string[]) =>
  product.query(
    Column,
    `SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ANY ($1) AND data_type IN ('text', 'jsonb', 'json', 'character varying')
     ORDER BY 1, ordinal_position`,
    [tables],
  );

/**
 * Writes words of their own into every column that can hold any, of every row about a person, encrypted where the column
 * is. Columns come from the catalogue, so that one that is added later is filled, too. Returns `<table>.<column>` of each.
 */
export async function fillWithCanaries(product: TestProduct, personId: string): Promise<string[]> {
  const rows = await rowsAbout(product, personId);
  const columns = (await wordColumns(product, [...new Set(rows.map(({ table }) => table))])).filter(
    ({ table, column }) => !impersonal.has(`${table}.${column}`),
  );
  await unitOfWork(
    { deps: product.deps, actor: factoryActor },
    'factory.filled',
    async (tx) => {
      for (const { table, id } of rows) {
        for (const { column, type } of columns.filter((candidate) => candidate.table === table)) {
          const words = `${canary} ${table} ${column} ${id}`;
          const text = column.endsWith('_encrypted')
            ? product.deps.cipher.encrypt(words, { table, column, recordId: id })
            : words;
          const value =
            type === 'text' ? sql`${text}` : sql`${JSON.stringify({ words: text })}::${rawSql(type)}`;
          const condition = rawSql(conditions[`${table}.${column}`] ?? 'TRUE');
          await tx.$executeRaw(
            sql`UPDATE ${rawSql(table)} SET ${rawSql(column)} = ${value} WHERE id = ${id}::uuid AND ${condition}`,
          );
        }
      }
    },
    { timeoutMillis: 30_000 },
  );
  return columns.map(({ table, column }) => `${table}.${column}`);
}

const Dumped = z.object({ row: z.record(z.string(), z.unknown()) });

/** All rows of all tables, by table. */
export async function dumpEverything(
  product: TestProduct,
): Promise<Record<string, readonly Readonly<Record<string, unknown>>[]>> {
  const tables = await product.query(
    z.object({ name: z.string() }),
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
  );
  const dump: Record<string, readonly Readonly<Record<string, unknown>>[]> = {};
  for (const { name } of tables) {
    const rows = await product.query(Dumped, `SELECT to_jsonb(dumped) AS row FROM ${name} AS dumped`);
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}

/** What the encrypted columns of all rows, and of all images of rows in the log, say in clear. */
export function openEverything(
  product: TestProduct,
  dump: Awaited<ReturnType<typeof dumpEverything>>,
): string[] {
  const images = (dump['audit_log'] ?? []).flatMap((entry) =>
    [entry['before'], entry['after']].map((image) => ({ table: String(entry['table_name']), image })),
  );
  const rows = Object.entries(dump).flatMap(([table, found]) => found.map((image) => ({ table, image })));
  return [...images, ...rows].flatMap(({ table, image }) => {
    const columns = z.record(z.string(), z.unknown()).safeParse(image).data ?? {};
    return Object.entries(columns).flatMap(([column, value]) => {
      if (!column.endsWith('_encrypted') || typeof value !== 'string' || !value.startsWith('v1.')) return [];
      return [product.deps.cipher.decrypt(value, { table, column, recordId: String(columns['id']) })];
    });
  });
}
