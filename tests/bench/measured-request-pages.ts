import type pg from 'pg';
import { z } from 'zod';
import { createCipher } from '../../src/core/cipher.js';
import { loadKeys } from '../../src/core/keys.js';
import type { RequestKind } from './bounds.js';
import { openContact } from '../../src/modules/customers/contact-details.js';
import {
  cursorAfter,
  firstRow,
  idOf,
  measuredPage,
  type MeasuredPage,
  type SignIn,
} from './measured-page.js';
import { longSubject } from './request-history.js';

const Sample = z.object({
  id: z.string(),
  request_no: z.string(),
  subject: z.string(),
  received_at: z.date(),
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  phone_encrypted: z.string(),
});

type Sample = z.infer<typeof Sample>;

/** A closed request from the middle of the database. */
export const sampleRequest = (owner: pg.Client): Promise<Sample> =>
  firstRow(
    owner,
    Sample,
    `SELECT requests.id, request_no, subject, received_at, customers.id AS customer_id, customers.name AS customer_name,
            customer_no, phone_encrypted
     FROM (SELECT * FROM service_requests WHERE deleted_at IS NULL ORDER BY received_at
           OFFSET (SELECT count(*) / 2 FROM service_requests) LIMIT 1000) AS requests
     JOIN customers ON customers.id = customer_id
     WHERE phone_encrypted IS NOT NULL AND state_category = 'done' ORDER BY received_at LIMIT 1`,
  );

/** What staff do with service requests all day. */
export async function measuredRequestPages(owner: pg.Client, keyFile: string): Promise<MeasuredPage[]> {
  const sample = await sampleRequest(owner);
  const phone = openContact(
    createCipher(loadKeys(keyFile)),
    sample.customer_id,
    'phone',
    sample.phone_encrypted,
  );
  return [
    ...lists(sample),
    ...(await filters(owner, sample)),
    ...searches(sample, phone ?? ''),
    ...(await records(owner, sample)),
    ...(await aroundRequests(owner)),
  ];
}

const list = (
  name: string,
  query: string,
  as: SignIn = 'manager',
  kind: RequestKind = 'list',
): MeasuredPage => measuredPage(`requests: ${name}`, '/service-requests', { query, as, kind });

const filter = (name: string, query: string, as: SignIn = 'manager'): MeasuredPage =>
  list(`filter: ${name}`, query, as, 'filtered list');

const lists = (sample: Sample): MeasuredPage[] => [
  list('list, first page', ''),
  list('list, first page, of a team', '', 'account'),
  list('list, first page, of a newcomer', '', 'newcomer'),
  list('list, deep page', `after=${cursorAfter(sample.received_at.toISOString(), sample.id)}`),
  list(
    'list, deep page, of a team',
    `after=${cursorAfter(sample.received_at.toISOString(), sample.id)}`,
    'account',
  ),
  list('list, oldest first', 'sort=receivedAt'),
  list('list, sorted by due', 'sort=due'),
  list('list, sorted by -due', 'sort=-due'),
  list('my work', 'group=mine', 'agent'),
  list('my team’s work', 'group=team', 'agent'),
  list('my team’s work, of a team', 'group=team', 'account'),
  list('nobody’s', 'group=unassigned'),
  list('nobody’s, of a team', 'group=unassigned', 'account'),
  list('due soon', 'group=soon'),
  list('due soon, of a team', 'group=soon', 'account'),
  list('due soon, by receipt', 'group=soon&sort=receivedAt'),
  list('my team’s work, by receipt', 'group=team&sort=receivedAt', 'account'),
  measuredPage('requests: board', '/service-requests/board'),
  measuredPage('requests: board, of a team', '/service-requests/board', { as: 'account' }),
  measuredPage('requests: board, my work', '/service-requests/board', { query: 'group=mine', as: 'agent' }),
];

async function filters(owner: pg.Client, { customer_id: customerId }: Sample): Promise<MeasuredPage[]> {
  const type = await idOf(owner, `SELECT id FROM request_types WHERE shipped_key = 'complaint'`);
  const state = (key: string) => idOf(owner, 'SELECT id FROM request_states WHERE shipped_key = $1', [key]);
  const topic = (name: string) => idOf(owner, 'SELECT id FROM request_categories WHERE name = $1', [name]);
  const agent = await idOf(owner, `SELECT id FROM users WHERE username = 'user2'`);
  const team = await idOf(owner, 'SELECT id FROM teams ORDER BY id LIMIT 1');
  const branch = await idOf(owner, 'SELECT id FROM branches ORDER BY id LIMIT 1');
  return [
    filter('open', 'category=open'),
    filter('waiting', 'category=waiting'),
    filter('done', 'category=done'),
    filter('state waiting', `state=${await state('waiting')}`),
    filter('state cancelled', `state=${await state('cancelled')}`),
    filter('type', `type=${type}`),
    filter('type, open', `type=${type}&category=open`),
    filter('category of the first level', `topic=${await topic('业务 1')}`),
    filter('rare category', `topic=${await topic('业务 6.4.4')}`),
    filter('urgent', 'priority=4'),
    filter('low priority', 'priority=1'),
    filter('frequent channel', 'channel=phone'),
    filter('rare channel', 'channel=other'),
    filter('assignee', `assignee=${agent}`),
    filter('team', `team=${team}`),
    filter('branch', `branch=${branch}`),
    filter('customer', `customer=${customerId}`),
    filter('late', 'late=yes'),
    filter('received in a week', 'receivedFrom=2025-06-02&receivedTo=2025-06-08'),
    filter('late complaints of a team', `late=yes&type=${type}`, 'account'),
    filter('urgent, rare category, of a team', `priority=4&topic=${await topic('业务 6.4.4')}`, 'account'),
  ];
}

function searches(sample: Sample, phone: string): MeasuredPage[] {
  const search = (name: string, text: string, as: SignIn = 'manager') =>
    list(`search: ${name}`, `q=${encodeURIComponent(text)}`, as, 'search');
  const global = (name: string, text: string) =>
    measuredPage(`requests: global search: ${name}`, '/search', {
      query: `q=${encodeURIComponent(text)}`,
      kind: 'search',
    });
  const national = phone.replace('+86', '');
  return [
    search('frequent word', '染发'),
    search('frequent word, of a team', '染发', 'account'),
    search('rare word', '婚礼妆'),
    search('one character', '漏'),
    search('part of an English word', 'refun'),
    search('whole subject', sample.subject),
    search('request number', sample.request_no),
    search('digits of the number', sample.request_no.slice(-6)),
    search('customer name', sample.customer_name),
    search('customer number', sample.customer_no),
    search('phone', national),
    search('nothing like it', 'qqqqqqq'),
    list(
      'search: frequent word among what is open',
      `q=${encodeURIComponent('染发')}&category=open`,
      'manager',
      'search',
    ),
    global('request number', sample.request_no),
    global('frequent word', '染发'),
    global('phone', national),
  ];
}

async function records(owner: pg.Client, sample: Sample): Promise<MeasuredPage[]> {
  const long = await idOf(owner, 'SELECT id FROM service_requests WHERE subject = $1', [longSubject]);
  const open = await idOf(
    owner,
    `SELECT id FROM service_requests WHERE state_category = 'open' AND deleted_at IS NULL AND assignee_id IS NOT NULL
     ORDER BY received_at LIMIT 1`,
  );
  const busiest = await idOf(
    owner,
    'SELECT customer_id AS id FROM service_requests GROUP BY customer_id ORDER BY count(*) DESC, customer_id LIMIT 1',
  );
  const record = { kind: 'record' } as const;
  const picker = { kind: 'picker' } as const;
  const path = `/service-requests/${sample.id}`;
  return [
    measuredPage('requests: record', path, record),
    measuredPage('requests: open record', `/service-requests/${open}`, record),
    measuredPage('requests: record with two hundred entries', `/service-requests/${long}`, record),
    measuredPage('requests: new form', '/service-requests/new', record),
    measuredPage('requests: new form for a customer', '/service-requests/new', {
      ...{ query: `customerId=${sample.customer_id}`, kind: 'record' },
    }),
    measuredPage('requests: edit form', `${path}/edit`, record),
    measuredPage('requests: customer picker', '/service-requests/customers', {
      ...picker,
      query: `customerQuery=${encodeURIComponent(sample.customer_name)}`,
    }),
    measuredPage('requests: answer picker', `/service-requests/${open}/answers`, {
      ...picker,
      query: `q=${encodeURIComponent('染发')}`,
    }),
    measuredPage('requests: customer with most requests', `/customers/${busiest}`, record),
    measuredPage('requests: list of the customer with most', '/service-requests', {
      query: `customer=${busiest}`,
    }),
  ];
}

async function aroundRequests(owner: pg.Client): Promise<MeasuredPage[]> {
  const article = await idOf(owner, 'SELECT id FROM articles ORDER BY id LIMIT 1');
  const visits = (name: string, query: string, as: SignIn = 'manager') =>
    measuredPage(`requests: return visits, ${name}`, '/return-visits', { query, as });
  const evaluations = (name: string, query: string, as: SignIn = 'manager') =>
    measuredPage(`requests: evaluations, ${name}`, '/evaluations', { query, as });
  const articles = (name: string, query: string) =>
    measuredPage(`requests: articles, ${name}`, '/articles', { query });
  return [
    visits('today', ''),
    visits('upcoming', 'group=upcoming'),
    visits('to win back', 'group=winBack'),
    visits('done', 'group=done'),
    visits('mine', 'owner=me', 'agent'),
    visits('done, of a team', 'group=done', 'account'),
    evaluations('all', ''),
    evaluations('low', 'kind=low'),
    evaluations('with words', 'kind=comment'),
    evaluations('waiting', 'kind=waiting'),
    evaluations('one star in a week', 'score=1&from=2025-06-02&to=2025-06-08'),
    evaluations('own', '', 'agent'),
    measuredPage('requests: recurring', '/recurring-requests'),
    articles('all', ''),
    articles('search', `q=${encodeURIComponent('染发')}`),
    measuredPage('requests: article', `/articles/${article}`, { kind: 'record' }),
    measuredPage('requests: canned answers', '/canned-answers'),
    measuredPage('requests: who works when', '/admin/staff-schedules'),
    measuredPage('requests: my day', '/', { as: 'account' }),
  ];
}
