import type pg from 'pg';
import { z } from 'zod';
import { formOf } from './form.js';
import { idOf } from './measured-page.js';
import { tasksEnded, withoutToken, type LongWork, type Workplace } from './workplace.js';

interface MeasuredImport {
  /** Begins the name of each of its steps. */
  readonly name: string;
  readonly target: string;
  readonly others?: string;
  /** The file of a place where so many rows are imported. */
  readonly file: (place: Workplace) => string;
}

/** A file on its way into the product: uploaded, checked, stored. */
export function importWork({ name, target, others, file }: MeasuredImport): readonly LongWork[] {
  const step = (what: string, run: LongWork['run']): LongWork => ({
    ...{ name: `${name}, ${what}`, run },
    ...(others === undefined ? {} : { others }),
  });
  return [
    step('upload and reading', (place) => uploadFile(place, target, file(place))),
    step('checking', checkFile),
    step('storing', storeFile),
  ];
}

async function uploadFile({ manager }: Workplace, target: string, text: string): Promise<string> {
  const { fields } = formOf(await manager.get('/imports/new'), '/imports');
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) form.append(name, values[0] ?? '');
  form.set('target', target);
  form.set('file', new Blob([text]), `${target}.csv`);
  const { status, headers } = await manager.upload('/imports', form);
  if (status !== 303) throw new Error(`the upload answered ${status}`);
  return headers.location ?? '';
}

async function checkFile(place: Workplace): Promise<string> {
  const path = await lastImport(place.owner);
  return sendForm(place, `${path}/mapping`, `${path}/mapping`);
}

async function storeFile(place: Workplace): Promise<string> {
  const path = await lastImport(place.owner);
  return sendForm(place, path, `${path}/run`);
}

async function sendForm({ manager, owner }: Workplace, page: string, target: string): Promise<string> {
  const { action, fields } = formOf(await manager.get(page), target);
  const { status } = await manager.postWith(fields['_csrf']?.[0] ?? '', action, withoutToken(fields));
  if (status !== 303) throw new Error(`${target} answered ${status}`);
  await tasksEnded(owner);
  return countsOfImport(owner);
}

const lastImport = async (owner: pg.Client): Promise<string> =>
  `/imports/${await idOf(owner, 'SELECT id FROM imports ORDER BY created_at DESC LIMIT 1')}`;

const Counts = z.object({ created_count: z.number(), rejected_count: z.number() });

async function countsOfImport(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query(
    'SELECT created_count, rejected_count FROM imports ORDER BY created_at DESC LIMIT 1',
  );
  const { created_count: created, rejected_count: rejected } = Counts.parse(rows[0]);
  return `${created} created, ${rejected} rejected`;
}
