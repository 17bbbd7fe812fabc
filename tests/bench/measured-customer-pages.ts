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

const Sample = z.object({
  id: z.string(),
  name: z.string(),
  name_pinyin: z.string(),
  name_initials: z.string(),
  customer_no: z.string(),
  phone_encrypted: z.string(),
  email_encrypted: z.string(),
  created_at: z.date(),
});

type Sample = z.infer<typeof Sample>;

/** A customer with a Chinese name from the older ones of the database. */
export const sampleCustomer = (owner: pg.Client): Promise<Sample> =>
  firstRow(
    owner,
    Sample,
    `SELECT id, name, name_pinyin, name_initials, customer_no, phone_encrypted, email_encrypted, created_at FROM customers
     WHERE name ~ '^[一-龥]{3}$' AND phone_encrypted IS NOT NULL AND email_encrypted IS NOT NULL AND deleted_at IS NULL
     ORDER BY created_at OFFSET (SELECT count(*) / 20 FROM customers) LIMIT 1`,
  );

/** What staff do with customers all day. */
export async function measuredCustomerPages(owner: pg.Client, keyFile: string): Promise<MeasuredPage[]> {
  const sample = await sampleCustomer(owner);
  const cipher = createCipher(loadKeys(keyFile));
  const phone = openContact(cipher, sample.id, 'phone', sample.phone_encrypted) ?? '';
  const email = openContact(cipher, sample.id, 'email', sample.email_encrypted) ?? '';
  return [
    ...lists(sample),
    ...(await filters(owner)),
    ...searches(sample, phone, email),
    ...(await records(owner, sample, phone)),
    ...aroundCustomers,
  ];
}

const list = (
  name: string,
  query: string,
  as: SignIn = 'manager',
  kind: RequestKind = 'list',
): MeasuredPage => measuredPage(name, '/customers', { query, as, kind });

const filter = (name: string, query: string, as: SignIn = 'manager'): MeasuredPage =>
  list(`filter: ${name}`, query, as, 'filtered list');

const lists = (sample: Sample): MeasuredPage[] => [
  list('list, first page', ''),
  list('list, first page, of a team', '', 'account'),
  list('list, first page, of a newcomer', '', 'newcomer'),
  list('list, deep page', `after=${cursorAfter(sample.created_at.toISOString(), sample.id)}`),
  ...[
    'name',
    '-name',
    'customerNo',
    '-totalAmount',
    'totalAmount',
    '-lastPurchaseOn',
    'lastPurchaseOn',
    'nextFollowUp',
    '-nextFollowUp',
    '-lastContact',
    'lastContact',
    '-updatedAt',
    'updatedAt',
  ].map((sort) => list(`list, sorted by ${sort}`, `sort=${sort}`)),
  list('list, sorted by name, of a team', 'sort=name', 'account'),
  list('list, sorted by -totalAmount, of a team', 'sort=-totalAmount', 'account'),
  list('list, sorted by -totalAmount, of a newcomer', 'sort=-totalAmount', 'newcomer'),
  list('list, deep page by name', `sort=name&after=${cursorAfter(sample.name_pinyin, sample.id)}`),
  list('list, deep page by amount', `sort=-totalAmount&after=${cursorAfter('500.00', sample.id)}`),
];

async function filters(owner: pg.Client): Promise<MeasuredPage[]> {
  const tag = await idOf(owner, `SELECT id FROM tags WHERE name = '标签 7'`);
  const branch = await idOf(owner, 'SELECT id FROM branches ORDER BY id LIMIT 1');
  const segment = await idOf(owner, 'SELECT id FROM segments ORDER BY id LIMIT 1');
  const secondTag = await idOf(owner, `SELECT id FROM tags WHERE name = '标签 2'`);
  const team = await idOf(owner, 'SELECT id FROM teams ORDER BY id LIMIT 1');
  const tier = await idOf(owner, `SELECT id FROM tiers WHERE name = '金卡'`);
  const colleague = await idOf(owner, `SELECT id FROM users WHERE username = 'user7'`);
  return [
    filter('gender', 'gender=male'),
    filter('no gender', 'gender=none'),
    filter('source', `source=${encodeURIComponent('官网')}`),
    filter('frequent city', `city=${encodeURIComponent('城市1')}`),
    filter('rare city', `city=${encodeURIComponent('城市299')}`),
    filter('nobody’s', 'owner=none'),
    filter('created in a week', 'createdFrom=2025-06-02&createdTo=2025-06-08'),
    filter('follow-up overdue', 'nextFollowUp=overdue'),
    filter('no contact since', 'notContactedSince=2026-01-01'),
    filter('tag', `tag=${tag}`),
    filter('segment', `segment=${segment}`),
    filter('two tags', `tag=${tag}&andTag=${secondTag}`),
    filter('tier', `tier=${tier}`),
    filter('no tier', 'tier=none'),
    filter('a colleague’s', `owner=${colleague}`),
    filter('mine', 'owner=me', 'agent'),
    filter('shared with me', 'owner=shared', 'agent'),
    filter('team', `team=${team}`),
    filter('has a phone', 'hasPhone=yes'),
    filter('has no phone', 'hasPhone=no'),
    filter('has no e-mail', 'hasEmail=no'),
    filter('first visit', 'firstVisitFrom=2026-01-01&firstVisitTo=2026-03-31'),
    filter('bought often', 'purchasesFrom=10'),
    filter('spent between', 'spentFrom=500&spentTo=600'),
    filter('nothing planned', 'nextFollowUp=none'),
    filter('custom field', 'custom-hairType=dry'),
    filter('late', 'late=late'),
    filter('late, of a team', 'late=late', 'account'),
    filter('tried often enough', 'late=tried'),
    filter('tried often enough, of a team', 'late=tried', 'account'),
    filter('gone', 'late=gone'),
    filter('male in a frequent city, by name', `gender=male&city=${encodeURIComponent('城市1')}&sort=name`),
    filter('company', 'kind=company'),
    filter('branch', `branch=${branch}`),
    filter('age', 'ageFrom=30&ageTo=40'),
    filter('birthday in a month', 'birthMonth=5'),
    filter('last visit', 'lastVisitFrom=2026-01-01&lastVisitTo=2026-03-31'),
    filter('no visit since', 'noVisitSince=2026-01-01'),
    filter('spent', 'spentFrom=2000'),
  ];
}

function searches(sample: Sample, phone: string, email: string): MeasuredPage[] {
  const search = (name: string, text: string) =>
    list(`search: ${name}`, `q=${encodeURIComponent(text)}`, 'manager', 'search');
  const characters = Array.from(sample.name);
  return [
    search('one character', characters[1] ?? ''),
    search('two characters', characters.slice(1).join('')),
    search('whole name', sample.name),
    search('whole pinyin', sample.name_pinyin),
    search('part of pinyin', sample.name_pinyin.slice(1, 5)),
    search('initials', sample.name_initials),
    search('customer number', sample.customer_no),
    search('phone', phone.replace('+86', '').replace(/(...)(....)(....)/, '$1 $2 $3')),
    search('last four digits', phone.slice(-4)),
    search('e-mail', email),
    search('plate number', '沪A·00 012'),
    search('nothing like it', 'qqqqqqq'),
  ];
}

async function records(owner: pg.Client, sample: Sample, phone: string): Promise<MeasuredPage[]> {
  const busiest = await idOf(
    owner,
    'SELECT customer_id AS id FROM customer_purchase_totals ORDER BY purchase_count DESC LIMIT 1',
  );
  const segment = await idOf(owner, 'SELECT id FROM segments ORDER BY id LIMIT 1');
  const thing = await idOf(owner, 'SELECT id FROM served_things ORDER BY id LIMIT 1');
  const typed = `name=${encodeURIComponent(sample.name)}&phone=${encodeURIComponent(phone)}`;
  const record = { kind: 'record' } as const;
  return [
    measuredPage('record', `/customers/${sample.id}`, record),
    measuredPage('record with most purchases', `/customers/${busiest}`, record),
    measuredPage('edit form', `/customers/${sample.id}/edit`, record),
    measuredPage('similar customers while typing', '/customers/similar', {
      query: typed,
      kind: 'picker',
    }),
    measuredPage('global search', '/search', {
      query: `q=${encodeURIComponent(sample.name)}`,
      kind: 'search',
    }),
    measuredPage('served thing', `/served-things/${thing}`, record),
    measuredPage('segment', `/segments/${segment}`, record),
  ];
}

const aroundCustomers: readonly MeasuredPage[] = [
  measuredPage('home', '/', { as: 'agent' }),
  measuredPage('my follow-ups', '/follow-ups', { as: 'agent' }),
  measuredPage('everybody’s follow-ups', '/follow-ups', { query: 'owner=all' }),
  measuredPage('late visits', '/late-visits'),
  measuredPage('late visits, tried often enough', '/late-visits', { query: 'group=tried' }),
  measuredPage('own late visits', '/late-visits', { query: 'owner=me', as: 'agent' }),
  measuredPage('public pool', '/public-pool', { as: 'agent' }),
  measuredPage('served things', '/served-things'),
  measuredPage('segments', '/segments'),
  measuredPage('frame alone', '/profile'),
  measuredPage('duplicates', '/duplicates'),
  measuredPage('recycle bin', '/recycle-bin'),
  measuredPage('audit log', '/admin/audit-log'),
];
