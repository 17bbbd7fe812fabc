import type pg from 'pg';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Answer, BenchClient } from './client.js';
import { formOf } from './form.js';
import { idOf } from './measured-page.js';
import { taking } from './taking.js';
import type { MeasuredWrite } from './measured-write.js';

const path = '/service-requests';

/** Opening, taking, answering and closing requests. What is taken, answered and closed is opened beforehand. */
export const requestWrites = (owner: pg.Client, client: BenchClient): readonly MeasuredWrite[] => {
  const write = (name: string, prepare: MeasuredWrite['prepare']): MeasuredWrite => ({
    name: `requests: ${name}`,
    kind: 'change',
    prepare,
  });
  return [
    write('open a request', async (times) => {
      const [customers, send] = [taking(await someCustomers(owner, times)), await sender(client)];
      const typeId = await typeOf(owner);
      return () => open(send, { customerId: customers(), typeId });
    }),
    write('take a request', async (times) => {
      const [send, ids] = [await sender(client), taking(await openNobodys(owner, client, times))];
      return () => send(`${path}/${ids()}/taking`, {});
    }),
    write('answer a request', async (times) => {
      const [send, ids] = [await sender(client), taking(await openNobodys(owner, client, times))];
      return () => send(`${path}/${ids()}/entries`, { id: newId(), kind: 'reply', body: '您好，已安排。' });
    }),
    write('close a request', async (times) => {
      const send = await sender(client);
      const opened = await openNobodys(owner, client, times);
      for (const id of opened) accept(await send(`${path}/${id}/taking`, {}));
      const ids = taking(opened);
      const [fromStateId, stateId] = [await stateOf(owner, 'new'), await stateOf(owner, 'closed')];
      return () => send(`${path}/${ids()}/transitions`, { fromStateId, stateId, resolution: '已处理' });
    }),
  ];
};

type Send = (action: string, fields: Readonly<Record<string, string>>) => Promise<Answer>;

/** Posts with the session's token, as the form of a new request carries it. */
async function sender(client: BenchClient): Promise<Send> {
  const token = formOf(await client.get(`${path}/new`), path).fields['_csrf']?.[0] ?? '';
  return (action, fields) => client.postWith(token, action, fields);
}

const open = (send: Send, fields: Readonly<Record<string, string>>): Promise<Answer> =>
  send(path, { id: newId(), channel: 'phone', subject: '想咨询护理套餐', ...fields });

/** Requests that nobody has, since nobody has the skill for them. */
async function openNobodys(owner: pg.Client, client: BenchClient, count: number): Promise<string[]> {
  const send = await sender(client);
  const categoryId = await idOf(owner, 'SELECT id FROM request_categories WHERE skill_id IS NOT NULL');
  const typeId = await typeOf(owner);
  const ids: string[] = [];
  for (const customerId of await someCustomers(owner, count)) {
    const id = newId();
    accept(await open(send, { id, customerId, typeId, categoryId }));
    ids.push(id);
  }
  return ids;
}

function accept({ status }: Answer): void {
  if (status !== 303) throw new Error(`a form answered ${status}`);
}

async function someCustomers(owner: pg.Client, count: number): Promise<string[]> {
  const { rows } = await owner.query(
    'SELECT id FROM customers WHERE deleted_at IS NULL ORDER BY random() LIMIT $1',
    [count],
  );
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

const typeOf = (owner: pg.Client): Promise<string> =>
  idOf(owner, `SELECT id FROM request_types WHERE shipped_key = 'consultation'`);

const stateOf = (owner: pg.Client, key: string): Promise<string> =>
  idOf(owner, 'SELECT id FROM request_states WHERE shipped_key = $1', [key]);
