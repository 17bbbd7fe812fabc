import type pg from 'pg';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Answer, BenchClient } from './client.js';
import { formOf, type PageForm } from './form.js';
import { taking } from './taking.js';
import type { MeasuredWrite } from './measured-write.js';

/** Creating and changing customers. The forms are fetched beforehand: only the posts are measured. */
export const customerWrites = (owner: pg.Client, client: BenchClient): readonly MeasuredWrite[] => [
  {
    name: 'create a customer',
    kind: 'change',
    async prepare() {
      const blank = formOf(await client.get('/customers/new'), '/customers');
      let created = 0;
      return () => {
        created += 1;
        // Phones of the filled customers begin with 13: one of those, met by chance, would be refused as known.
        const number = String(Date.now() * 1_000 + created).slice(-9);
        const typed = { id: [newId()], name: [`新客户${number}`], phone: [`15${number}`], city: ['城市1'] };
        return post(client, { action: blank.action, fields: { ...blank.fields, ...typed } });
      };
    },
  },
  {
    name: 'change a customer',
    kind: 'change',
    async prepare(times) {
      const next = taking(await editForms(owner, client, times));
      return () => {
        const form = next();
        return post(client, { ...form, fields: { ...form.fields, needs: [`seen ${times}`] } });
      };
    },
  },
];

async function editForms(owner: pg.Client, client: BenchClient, count: number): Promise<PageForm[]> {
  const { rows } = await owner.query(
    `SELECT id FROM customers WHERE deleted_at IS NULL AND kind = 'person' ORDER BY random() LIMIT $1`,
    [count],
  );
  const forms: PageForm[] = [];
  for (const { id } of z.array(z.object({ id: z.string() })).parse(rows)) {
    forms.push(formOf(await client.get(`/customers/${id}/edit`), `/customers/${id}`));
  }
  return forms;
}

function post(client: BenchClient, { action, fields }: PageForm): Promise<Answer> {
  const { _csrf, ...values } = fields;
  return client.postWith(_csrf?.[0] ?? '', action, values);
}
