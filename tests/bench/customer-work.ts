import { load } from 'cheerio';
import { z } from 'zod';
import { dayOf } from '../../src/core/format.js';
import { startScan } from '../../src/modules/duplicates/duplicates.service.js';
import { refreshAllSegments } from '../../src/modules/segments/segments.service.js';
import { recalculateTiers } from '../../src/modules/tiers/tiers.service.js';
import { textOf } from './client.js';
import { formOf } from './form.js';
import { importFile } from './import-file.js';
import { importWork } from './import-work.js';
import { idOf } from './measured-page.js';
import { countOf, tasksEnded, withoutToken, type LongWork, type Workplace } from './workplace.js';

/** What goes over all customers, as the product starts it. */
export const customerWork: readonly LongWork[] = [
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
  ...importWork({ name: 'import', target: 'customers', file: ({ rows }) => importFile(rows) }),
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
  const path = `/segments/${await idOf(owner, 'SELECT id FROM segments ORDER BY id DESC LIMIT 1')}`;
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
