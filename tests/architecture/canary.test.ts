import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Permission } from '../../src/core/permissions.js';
import { writeDigests } from '../../src/modules/follow-ups/digest.service.js';
import { proposedForm } from '../duplicates/merge-support.js';
import { csv, importFile } from '../imports/wizard.js';
import { createCustomer } from '../support/factories/customer.js';
import { createDuplicatePair } from '../support/factories/duplicate-pair.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { populate } from '../support/populate.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { recordAddresses } from '../support/record-paths.js';
import { CanarySeed, type SeededCustomer } from './canary-seed.js';
import { canariesIn, textOf, type Canary } from './canary-values.js';
import { roles, visitorReaches, type Visitor } from './canary-visitor.js';
import { getRoutes, plainPaths, recordPaths } from './route-paths.js';

let folder: string;
let product: TestProduct;
let seed: CanarySeed;
let team: string;
let others: Record<'team' | 'other' | 'bin' | 'merged' | 'company', SeededCustomer>;
let imported: readonly Canary[];
const visitors: Visitor[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canary-'));
  product = await startTestProduct({ environment: { DATA_DIR: folder } });
  await populate(product);
  seed = new CanarySeed(product);
  team = await createTeam(product.deps);
  const holder = async (teamId: string) => ({
    teamId,
    id: (await createUser(product.deps, { role: 'account', teamIds: [teamId], email: 'staff@example.com' }))
      .id,
  });
  const [colleague, stranger] = [await holder(team), await holder(await createTeam(product.deps))];
  others = {
    team: await seed.add(colleague),
    other: await seed.add(stranger),
    bin: await seed.add(colleague),
    merged: await seed.add(colleague),
    company: await seed.add(colleague, 'company'),
  };
  for (const role of roles) visitors.push(await createVisitor(role));
  await createHistory();
}, 120_000);
afterAll(async () => {
  await product.close();
  await rm(folder, { recursive: true, force: true });
});

async function createVisitor({ name, grants }: (typeof roles)[number]): Promise<Visitor> {
  const client = await product.signIn({ grants, teamIds: [team] });
  const own = await seed.add({ id: client.user.id, teamId: team });
  const feed = await client.post('/profile/calendar-feed', { id: crypto.randomUUID() });
  const calendar = /\/p\/calendar\/[\w-]+/.exec(feed.text)?.[0] ?? '';
  return { name, grants, client, own, calendar };
}

/** What leaves traces of contact data elsewhere: a deletion, a merge, a change, a pair, an import, a digest. */
async function createHistory(): Promise<void> {
  const administrator = await product.signIn();
  await administrator.post(`/customers/${others.bin.id}/deletion`, { version: '1' });
  const { action, fields } = await proposedForm(
    administrator,
    `/customers/${others.team.id}/merge?with=${others.merged.id}`,
  );
  await administrator.post(action, fields);
  await createDuplicatePair(product.deps, { customerIds: [others.team.id, others.other.id] });
  const [first, rejected] = [seed.phone(), seed.phone()];
  await importFile(product, administrator, csv('c.csv', 'Name,Phone', `Imported,${first}`, `,${rejected}`));
  imported = [first, rejected].map((value) => ({ kind: 'phone', value, customerId: '' }));
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  product.setNow(new Date(`${tomorrow}T01:00:00Z`));
  await writeDigests(product.deps);
  product.setNow(undefined);
}

const reaches = (visitor: Visitor, permission: Permission, customerId: string): boolean =>
  visitorReaches(
    visitor,
    permission,
    seed.customers.find(({ id }) => id === customerId),
  );

/** What a visitor may see in clear at an address. Pages show no contact data but in masks. */
function mayShow(visitor: Visitor, address: string, canary: Canary): boolean {
  const { kind, customerId } = canary;
  const [path = ''] = address.split('?');
  if (kind === 'attachment') {
    const isOfRecord = path.startsWith(`/customers/${survivorOf(customerId)}`);
    return isOfRecord && reaches(visitor, 'customers:read', survivorOf(customerId));
  }
  if (/^\/customers\.(xlsx|csv)$/.test(path)) {
    return customerId === ''
      ? visitor.grants['customers:export-contact'] === 'all'
      : reaches(visitor, 'customers:export-contact', survivorOf(customerId));
  }
  return (
    customerId === '' && path.startsWith('/imports/') && visitor.grants['customers:reveal-contact'] === 'all'
  );
}

const survivorOf = (customerId: string): string =>
  customerId === others.merged.id ? others.team.id : customerId;

const allCanaries = (): readonly Canary[] => [...seed.canaries, ...imported];

interface Crawl {
  responses: number;
  /** Values that were shown to those who may see them: where there is none, nothing was looked at. */
  shown: number;
  readonly leaks: string[];
}

async function visit(visitor: Visitor, crawl: Crawl, address: string, typed?: Canary): Promise<void> {
  const response = await visitor.client.download(address);
  note(visitor, crawl, address, textOf(z.instanceof(Buffer).parse(response.body)), typed);
}

function note(visitor: Visitor, crawl: Crawl, address: string, text: string, typed?: Canary): void {
  crawl.responses += 1;
  for (const canary of canariesIn(text, allCanaries())) {
    if (canary === typed) continue;
    if (mayShow(visitor, address, canary)) crawl.shown += 1;
    else crawl.leaks.push(`${visitor.name}: ${address} shows ${canary.kind} ${canary.value}`);
  }
}

/** A page that asks for a permission which the visitor lacks refuses them before it looks at any record: once is enough. */
function mayOpen({ grants }: Visitor, path: string): boolean {
  const access = getRoutes.find((route) => route.path === path)?.permission ?? 'public';
  return access === 'public' || access === 'signed-in' || grants[access] !== undefined;
}

/** Addresses of every page and download, with the records that the visitor may see and may not. */
async function addressesFor(visitor: Visitor): Promise<string[]> {
  const { own, calendar } = visitor;
  const customers = [own, others.team, others.other, others.bin, others.merged, others.company];
  const found = [...plainPaths, ...(calendar === '' ? [] : [calendar])];
  for (const path of recordPaths) {
    const chosen = path === '/customers/:id' ? customers : customers.slice(0, 4);
    const addresses =
      path.startsWith('/customers/:id') || path.startsWith('/recycle-bin')
        ? chosen.map(({ id }) => path.replace(':id', id))
        : await recordAddresses(product, path, 3);
    found.push(...(mayOpen(visitor, path) ? addresses : addresses.slice(0, 1)));
  }
  const entries = z.object({ id: z.string() });
  const log = await product.query(
    entries,
    `SELECT max(id)::text AS id FROM audit_log WHERE record_id = ANY ($1) GROUP BY table_name, operation, action`,
    [customers.map(({ id }) => id)],
  );
  found.push(...log.map(({ id }) => `/admin/audit-log/${id}`));
  found.push(...customers.map(({ id }) => `/admin/audit-log?table=customers&record=${id}`));
  found.push(`/customers/${own.id}/merge?with=${others.team.id}`);
  return found;
}

/** Searches for one value in all the spellings that people use, on every page that takes one. */
const searches = (visitor: Visitor, { value, kind }: Canary): string[] => {
  const spellings = kind === 'phone' ? [value, value.slice(3), value.slice(-4)] : [value];
  return [
    ...[
      '/customers',
      '/search',
      '/recycle-bin',
      '/follow-ups',
      '/duplicates',
      '/public-pool',
      '/served-things',
    ],
    ...['/admin/audit-log', '/admin/erasures', '/customers.csv'],
  ]
    .filter((path) => mayOpen(visitor, path))
    .flatMap((path) => spellings.map((q) => `${path}?${new URLSearchParams({ q }).toString()}`));
};

/** The first phone of a customer, and the e-mail address of their contact. */
const searchedFor = (id: string): Canary[] => {
  const theirs = seed.canaries.filter(({ customerId }) => customerId === id);
  return [
    ...theirs.filter(({ kind }) => kind === 'phone').slice(0, 1),
    ...theirs.filter(({ kind }) => kind === 'email').slice(-1),
  ];
};

async function crawlAs(visitor: Visitor): Promise<Crawl> {
  const crawl: Crawl = { responses: 0, shown: 0, leaks: [] };
  for (const address of await addressesFor(visitor)) await visit(visitor, crawl, address);
  for (const { id } of [visitor.own, others.other]) {
    for (const canary of searchedFor(id)) {
      for (const address of searches(visitor, canary)) await visit(visitor, crawl, address, canary);
      const similar = new URLSearchParams({ [canary.kind]: canary.value }).toString();
      await visit(visitor, crawl, `/customers/similar?${similar}`, canary);
    }
    for (const fields of [{ name: '' }, { name: 'Other', version: '999', kind: 'person' }]) {
      const response = await visitor.client.post(`/customers/${id}`, fields);
      note(visitor, crawl, `/customers/${id} answering ${response.status}`, response.text);
    }
  }
  return crawl;
}

describe('R1.12 no answer holds contact data that the visitor may not see', () => {
  test.each(roles.map(({ name }) => name))(
    '%s',
    async (name) => {
      const visitor = visitors.find((candidate) => candidate.name === name);
      if (!visitor) throw new Error('nobody has the role');
      const { responses, shown, leaks } = await crawlAs(visitor);
      console.log(`${name}: ${responses} responses, ${allCanaries().length} values, ${leaks.length} leaks`);
      expect(leaks).toEqual([]);
      expect(responses).toBeGreaterThan(getRoutes.length);
      if (visitor.grants['customers:read']) expect(shown).toBeGreaterThan(0);
    },
    120_000,
  );

  test('nor does any e-mail that was written', async () => {
    const messages = await product.query(
      z.object({ id: z.string(), body_encrypted: z.string(), subject: z.string() }),
      'SELECT id, body_encrypted, subject FROM outbox_messages',
    );
    expect(messages.length).toBeGreaterThan(1);
    for (const { id, body_encrypted: sealed, subject } of messages) {
      const place = { table: 'outbox_messages', column: 'body_encrypted', recordId: id };
      const text = `${subject}\n${product.deps.cipher.decrypt(sealed, place)}`;
      expect(canariesIn(text, allCanaries())).toEqual([]);
    }
  });
});

describe('R1.12 a reveal', () => {
  const reveals = async (userId: string): Promise<number> => {
    const rows = await product.query(
      z.unknown(),
      `SELECT 1 FROM audit_log WHERE actor_id = $1 AND action LIKE 'customers.%-revealed'`,
      [userId],
    );
    return rows.length;
  };

  test('shows one value and stands in the log; out of scope it shows none and does not', async () => {
    for (const visitor of visitors) {
      for (const { id } of [visitor.own, others.company, others.other, others.bin]) {
        for (const field of ['phone', 'email', 'wechat', 'address'] as const) {
          const before = await reveals(visitor.client.user.id);
          const response = await visitor.client.post(`/customers/${id}/contact/${field}`);
          const isAllowed =
            id !== others.bin.id &&
            reaches(visitor, 'customers:read', id) &&
            reaches(visitor, 'customers:reveal-contact', id);
          const expected = seed.canaries.find((canary) => canary.customerId === id && canary.kind === field);
          const message = `${visitor.name}, ${field} of ${id}`;
          expect(canariesIn(response.text, allCanaries()), message).toEqual(isAllowed ? [expected] : []);
          expect((await reveals(visitor.client.user.id)) - before, message).toBe(isAllowed ? 1 : 0);
        }
      }
    }
  }, 60_000);
});

test('R1.12 the search for canaries finds a leak where there is one, however it is spelled', async () => {
  const [visitor] = visitors;
  const [canary] = seed.canaries;
  if (!visitor || canary?.kind !== 'phone') throw new Error('nothing was seeded');
  const national = canary.value.slice(3);
  for (const text of [
    canary.value,
    `<b>${national.slice(0, 3)}</b> ${national.slice(3, 7)}&#45;${national.slice(7)}`,
    `/customers?q=%2B86${national}`,
    `&#43;86 (${national.slice(0, 3)}) ${national.slice(3)}`,
  ])
    expect(canariesIn(text, seed.canaries), text).toEqual([canary]);
  expect(canariesIn(`${national.slice(0, 3)}****${national.slice(-4)}`, seed.canaries)).toEqual([]);

  const { id } = await createCustomer(product.deps, { name: `${national.slice(0, 3)} ${national.slice(3)}` });
  const crawl: Crawl = { responses: 0, shown: 0, leaks: [] };
  await visit(visitor, crawl, `/customers/${id}`);
  expect(crawl.leaks.length).toBe(1);
});
