import type pg from 'pg';
import { bareSearchName, obligationOf } from './bounds.js';
import { startObligations } from './child-server.js';
import { BenchClient, type Answer } from './client.js';
import type { BenchDatabase } from './fill.js';
import { measure } from './measure.js';
import { bareSearches } from './bare-searches.js';
import { sampleCustomer } from './measured-customer-pages.js';
import { idOf } from './measured-page.js';
import { sampleRequest } from './measured-request-pages.js';
import type { Scale } from './scale.js';

interface Step {
  readonly name: string;
  readonly path: string;
}

/** Each does what those before it do, and this. */
const steps: readonly Step[] = [
  { name: 'one indexed statement, EJS', path: '/bare' },
  { name: '… compressed', path: '/compressed' },
  { name: '… for somebody signed in: session, rights, what waits behind the bell', path: '/viewer' },
  { name: '… with the columns of the list', path: '/list' },
  { name: obligationOf.list, path: '/numbers' },
  {
    name: obligationOf['filtered list'],
    path: '/numbers?gender=male',
  },
];

/** What else is held against a bare page of its own. */
async function furtherSteps(owner: pg.Client): Promise<Step[]> {
  const customer = await sampleCustomer(owner);
  return [
    {
      name: obligationOf.record,
      path: `/record?id=${customer.id}`,
    },
    ...bareSearches(customer, await sampleRequest(owner)).map(({ name, ...asked }) => ({
      name: bareSearchName(name),
      path: `/search?${new URLSearchParams(asked).toString()}`,
    })),
    { name: 'bare change: one column, one transaction', path: '/change' },
  ];
}

const rounds = 3;

/** Milliseconds at concurrency 1 and requests per second at 8, medians of rounds in which all take turns. */
export interface Obligation {
  readonly name: string;
  readonly p50: number;
  readonly perSecond: number;
}

/** What the floor leaves out, measured step by step beside each other. */
export async function measureObligations(
  database: BenchDatabase,
  scale: Scale,
  owner: pg.Client,
  bytes: number,
): Promise<Obligation[]> {
  const session = await idOf(
    owner,
    `SELECT login_sessions.id FROM login_sessions JOIN users ON users.id = user_id
     WHERE username = 'manager' AND ended_at IS NULL ORDER BY login_sessions.created_at DESC LIMIT 1`,
  );
  const server = await startObligations(database, bytes, session);
  const client = new BenchClient(server.origin);
  const asking = (path: string) => (): Promise<Answer> => client.get(path);
  const all = [...steps, ...(await furtherSteps(owner))];
  const figures = all.map(({ name }) => ({ name, p50: [] as number[], perSecond: [] as number[] }));
  try {
    for (const { path } of all) await measure(asking(path), scale.warmUp * 10, 8);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, { path }] of all.entries()) {
        figures[index]?.p50.push((await measure(asking(path), scale.requests, 1)).p50);
        figures[index]?.perSecond.push((await measure(asking(path), scale.requests * 2, 8)).perSecond);
      }
    }
    return figures.map(({ name, p50, perSecond }) => ({
      name,
      p50: middle(p50),
      perSecond: middle(perSecond),
    }));
  } finally {
    client.close();
    await server.stop();
  }
}

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
