import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import type { FormFields, TestClient } from '../support/client.js';
import type { TargetName } from '../../src/modules/imports/import-options.js';
import { createImport } from '../support/factories/import.js';
import type { TestProduct } from '../support/product.js';

export interface ImportFile {
  readonly name: string;
  readonly content: Buffer | string;
}

export const csv = (name: string, ...lines: string[]): ImportFile => ({
  name,
  content: `${lines.join('\n')}\n`,
});

/** Uploads a file by the page; returns the id of the import. */
export async function uploadFile(
  client: TestClient,
  file: ImportFile,
  target = 'customers',
): Promise<string> {
  const content = Buffer.from(file.content);
  const response = await client.upload('/imports', { target }, { field: 'file', name: file.name, content });
  const id = /^\/imports\/([0-9a-f-]{36})\/mapping$/.exec(response.headers['location'] ?? '')?.[1];
  if (id === undefined) throw new Error(`the upload answered ${response.status}: ${response.text}`);
  return id;
}

/** The mapping form as the page shows it. */
export async function mappingForm(
  client: TestClient,
  id: string,
): Promise<Record<string, string | string[]>> {
  const page = await client.page(`/imports/${id}/mapping`);
  const fields: Record<string, string | string[]> = { columns: selected(page, 'select[name="columns"]') };
  for (const name of ['policy', 'identifyBy', 'owner', 'dateOrder']) {
    const [value] = selected(page, `select[name="${name}"]`);
    if (value !== undefined) fields[name] = value;
  }
  fields['version'] = page('input[name="version"]').attr('value') ?? '';
  return fields;
}

const selected = (page: CheerioAPI, selector: string): string[] =>
  page(selector)
    .toArray()
    .map((select) => page(select).find('option[selected]').attr('value') ?? '');

/** Sends the mapping as the page shows it, apart from some choices, and lets the check run. */
export async function checkFile(
  product: TestProduct,
  client: TestClient,
  id: string,
  choices: FormFields = {},
): Promise<void> {
  const response = await client.post(`/imports/${id}/mapping`, {
    ...(await mappingForm(client, id)),
    ...choices,
  });
  if (response.status !== 303) throw new Error(`the mapping answered ${response.status}: ${response.text}`);
  await product.runTasks();
}

/** Presses the button that imports, without running the task. */
export async function startRun(client: TestClient, id: string): Promise<void> {
  const page = await client.page(`/imports/${id}`);
  const version = page(`form[action="/imports/${id}/run"] input[name="version"]`).attr('value') ?? '';
  const response = await client.post(`/imports/${id}/run`, { version });
  if (response.status !== 303) throw new Error(`the run answered ${response.status}: ${response.text}`);
}

/** Uploads, checks and stores a file; returns the id of the import. */
export async function importFile(
  product: TestProduct,
  client: TestClient,
  file: ImportFile,
  options: { readonly target?: string; readonly choices?: FormFields } = {},
): Promise<string> {
  const id = await uploadFile(client, file, options.target);
  await checkAndRun(product, client, id, options.choices);
  return id;
}

export interface Table {
  readonly target?: TargetName;
  readonly choices?: FormFields;
  readonly rowsPerChunk?: number;
}

/** An import of some lines, cells parted by commas, the first being the header; it waits for its mapping. */
export function createLines(
  product: TestProduct,
  client: TestClient,
  lines: readonly string[],
  { target = 'customers', rowsPerChunk = 500 }: Table = {},
): Promise<string> {
  const [header = [], ...rows] = lines.map((line) => line.split(','));
  return createImport(product.deps, { createdById: client.user.id, target, header, rows, rowsPerChunk });
}

/** Checks and stores some lines without the upload; returns the id of the import. */
export async function importLines(
  product: TestProduct,
  client: TestClient,
  lines: readonly string[],
  table: Table = {},
): Promise<string> {
  const id = await createLines(product, client, lines, table);
  await checkAndRun(product, client, id, table.choices);
  return id;
}

async function checkAndRun(
  product: TestProduct,
  client: TestClient,
  id: string,
  choices?: FormFields,
): Promise<void> {
  await checkFile(product, client, id, choices);
  await startRun(client, id);
  await product.runTasks();
}

/** Presses the button that takes an import back, and lets the task run. */
export async function undoImport(product: TestProduct, client: TestClient, id: string): Promise<void> {
  const page = await client.page(`/imports/${id}/undo`);
  const version = page(`form[action="/imports/${id}/undo"] input[name="version"]`).attr('value') ?? '';
  const response = await client.post(`/imports/${id}/undo`, { version });
  if (response.status !== 303) throw new Error(`the undoing answered ${response.status}: ${response.text}`);
  await product.runTasks();
}

const ImportCounts = z.object({
  state: z.string(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  rejected: z.number(),
  duplicates: z.number(),
  newCustomers: z.number(),
});

/** State and counts of an import. */
export async function importCounts(product: TestProduct, id: string): Promise<z.infer<typeof ImportCounts>> {
  const [row] = await product.query(
    ImportCounts,
    `SELECT state, created_count AS created, updated_count AS updated, unchanged_count AS unchanged,
            skipped_count AS skipped, rejected_count AS rejected, duplicate_count AS duplicates,
            new_customer_count AS "newCustomers"
     FROM imports WHERE id = $1`,
    [id],
  );
  if (!row) throw new Error(`there is no import ${id}`);
  return row;
}

/** How many rows have each remark, as `key`, or `key on field`. */
export async function remarkCounts(product: TestProduct, id: string): Promise<Record<string, number>> {
  const rows = await product.query(
    z.object({ remark: z.string(), count: z.number() }),
    `SELECT concat_ws(' on ', remark->>'key', remark->>'field') AS remark, count(*)::integer AS count
     FROM import_rows, jsonb_array_elements(problems) AS remark WHERE import_id = $1 GROUP BY 1`,
    [id],
  );
  return Object.fromEntries(rows.map(({ remark, count }) => [remark, count]));
}

const RowReport = z.object({ row: z.number(), outcome: z.string(), remarks: z.array(z.string()) });

/** What is said about each row: its number, its outcome and the keys of its remarks. */
export async function rowReports(product: TestProduct, id: string): Promise<[number, string, ...string[]][]> {
  const rows = await product.query(
    RowReport,
    `SELECT row_no AS row, outcome,
            ARRAY(SELECT remark->>'key' FROM jsonb_array_elements(coalesce(problems, '[]')) AS remark) AS remarks
     FROM import_rows WHERE import_id = $1 ORDER BY row_no`,
    [id],
  );
  return rows.map(({ row, outcome, remarks }) => [
    row,
    outcome,
    ...remarks.map((key) => key.replace('imports.', '')),
  ]);
}
