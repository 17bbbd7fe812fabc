import { setTimeout as delay } from 'node:timers/promises';
import { load } from 'cheerio';
import type pg from 'pg';
import { z } from 'zod';
import type { Context } from '../../src/core/context.js';
import { dayOf } from '../../src/core/format.js';
import { startScan } from '../../src/modules/duplicates/duplicates.service.js';
import { refreshAllSegments } from '../../src/modules/segments/segments.service.js';
import { recalculateTiers } from '../../src/modules/tiers/tiers.service.js';
import { textOf, type BenchClient } from './client.js';
import { formOf } from './form.js';
import { importFile } from './import-file.js';

/** Where long work is started and watched from. */
export interface Workplace {
  readonly context: Pick<Context, 'deps' | 'actor'>;
  readonly owner: pg.Client;
  readonly manager: BenchClient;
  /** Rows of the import and, for the bare writer beside it, of the export. */
  readonly rows: number;
}

export interface LongWork {
  readonly name: string;
  /** Seconds it may take with 1,000,000 customers; undefined where the budget is another one. */
  readonly budget?: number;
  /** @returns what it came to, in words. */
  run(place: Workplace): Promise<string>;
}

/** What goes over all customers, as the product starts it. */
export const longWork: readonly LongWork[] = [
  { name: 'tiers, first calculation', budget: 60, run: calculateTiers },
  { name: 'tiers, nightly calculation', budget: 60, run: calculateTiers },
  { name: 'duplicates, first scan', budget: 60, run: scanDuplicates },
  { name: 'duplicates, nightly scan', budget: 60, run: scanDuplicates },
  {
    name: 'rhythms of services',
    budget: 60,
    async run({ owner }) {
      const { rows } = await owner.query('SELECT refresh_service_rhythms() AS moved');
      return `${z.object({ moved: z.number() }).parse(rows[0]).moved} expected visits moved`;
    },
  },
  { name: 'segments, first refresh', budget: 60, run: refreshSegments },
  { name: 'segments, nightly refresh', budget: 60, run: refreshSegments },
  { name: 'segment, count while it is built', budget: 3, run: countSegment },
  { name: 'public pool, preview', budget: 3, run: previewPool },
  { name: 'import, upload and reading', run: uploadFile },
  { name: 'import, checking', run: checkFile },
  { name: 'import, storing', run: storeFile },
  {
    name: 'export to Excel, all customers',
    run: async ({ manager }) => `${((await manager.drain('/customers.xlsx')) / 1e6).toFixed(0)} MB`,
  },
];

async function calculateTiers({ context, owner }: Workplace): Promise<string> {
  await recalculateTiers(context, dayOf(context.deps.now()));
  await tasksEnded(owner);
  return `${await countOf(owner, 'SELECT count(*) FROM customer_tiers WHERE calculated_id IS NOT NULL')} with a tier`;
}

async function scanDuplicates({ context, owner }: Workplace): Promise<string> {
  await startScan(context);
  await tasksEnded(owner);
  return `${await countOf(owner, 'SELECT count(*) FROM duplicate_pairs')} pairs`;
}

async function refreshSegments({ context, owner }: Workplace): Promise<string> {
  await refreshAllSegments(context);
  await tasksEnded(owner);
  return `${await countOf(owner, 'SELECT count(*) FROM segment_members')} members`;
}

async function countSegment({ manager, owner }: Workplace): Promise<string> {
  const { rows } = await owner.query('SELECT id FROM segments ORDER BY id DESC LIMIT 1');
  const path = `/segments/${z.object({ id: z.string() }).parse(rows[0]).id}`;
  const { fields } = formOf(await manager.get(`${path}/edit`), path);
  const token = fields['_csrf']?.[0] ?? '';
  const answer = await manager.postWith(token, `${path}/draft`, {
    ...withoutToken(fields),
    edit: ['count:0'],
  });
  if (answer.status !== 200) throw new Error(`counting answered ${answer.status}`);
  return load(textOf(answer))('#segment-count strong').text().trim();
}

/** A policy that is only proposed: nobody falls. */
async function previewPool({ manager }: Workplace): Promise<string> {
  const path = '/admin/public-pool';
  const { fields } = formOf(await manager.get(path), path);
  const token = fields['_csrf']?.[0] ?? '';
  const proposed = { ...withoutToken(fields), isOn: ['on'], 'contact-others': ['90'] };
  const answer = await manager.postWith(token, path, proposed);
  if (answer.status !== 200) throw new Error(`the preview answered ${answer.status}`);
  return load(textOf(answer))('main li').first().text().trim();
}

async function uploadFile({ manager, rows }: Workplace): Promise<string> {
  const { fields } = formOf(await manager.get('/imports/new'), '/imports');
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) form.append(name, values[0] ?? '');
  form.set('target', 'customers');
  form.set('file', new Blob([importFile(rows)]), 'customers.csv');
  const { status, headers } = await manager.upload('/imports', form);
  if (status !== 303) throw new Error(`the upload answered ${status}`);
  return headers.location ?? '';
}

async function checkFile({ manager, owner }: Workplace): Promise<string> {
  const path = await lastImport(owner);
  const { action, fields } = formOf(await manager.get(`${path}/mapping`), `${path}/mapping`);
  const { status } = await manager.postWith(fields['_csrf']?.[0] ?? '', action, withoutToken(fields));
  if (status !== 303) throw new Error(`the mapping answered ${status}`);
  await tasksEnded(owner);
  return countsOfImport(owner);
}

async function storeFile({ manager, owner }: Workplace): Promise<string> {
  const path = await lastImport(owner);
  const { action, fields } = formOf(await manager.get(path), `${path}/run`);
  const { status } = await manager.postWith(fields['_csrf']?.[0] ?? '', action, withoutToken(fields));
  if (status !== 303) throw new Error(`the run answered ${status}`);
  await tasksEnded(owner);
  return countsOfImport(owner);
}

const withoutToken = ({ _csrf, ...fields }: Readonly<Record<string, readonly string[]>>) => fields;

async function lastImport(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query('SELECT id FROM imports ORDER BY created_at DESC LIMIT 1');
  return `/imports/${z.object({ id: z.string() }).parse(rows[0]).id}`;
}

async function countsOfImport(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query(
    'SELECT created_count, rejected_count FROM imports ORDER BY created_at DESC LIMIT 1',
  );
  const counts = z.object({ created_count: z.number(), rejected_count: z.number() }).parse(rows[0]);
  return `${counts.created_count} created, ${counts.rejected_count} rejected`;
}

async function countOf(owner: pg.Client, statement: string): Promise<number> {
  const { rows } = await owner.query(statement);
  return z.object({ count: z.coerce.number() }).parse(rows[0]).count;
}

const TaskCount = z.object({ waiting: z.number(), failed: z.number() });

/** Waits until no task is under way. @throws Error when one failed. */
async function tasksEnded(owner: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await owner.query(
      `SELECT count(*) FILTER (WHERE state IN ('queued', 'running'))::integer AS waiting,
              count(*) FILTER (WHERE state = 'failed')::integer AS failed FROM background_tasks`,
    );
    const { waiting, failed } = TaskCount.parse(rows[0]);
    if (failed > 0) throw new Error('a task failed');
    if (waiting === 0) return;
    await delay(100);
  }
}
