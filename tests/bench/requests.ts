import type pg from 'pg';
import { z } from 'zod';
import { createCipher } from '../../src/core/cipher.js';
import { loadKeys } from '../../src/core/keys.js';
import { openContact } from '../../src/modules/customers/contact-details.js';

/** One kind of request that is measured, beside its budget as a multiple of the floor's p50. */
export interface MeasuredRequest {
  readonly name: string;
  readonly path: string;
  readonly budget: number;
  /** Who asks; the manager sees all customers, the agent their own. */
  readonly as: 'manager' | 'agent';
}

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

const listBudget = 4;
const recordBudget = 6;

/** What staff do all day, asked about a customer from the middle of the database. */
export async function measuredRequests(owner: pg.Client, keyFile: string): Promise<MeasuredRequest[]> {
  const sample = Sample.parse(
    await firstRow(
      owner,
      `SELECT id, name, name_pinyin, name_initials, customer_no, phone_encrypted, email_encrypted, created_at FROM customers
       WHERE name ~ '^[一-龥]{3}$' AND phone_encrypted IS NOT NULL AND email_encrypted IS NOT NULL AND deleted_at IS NULL
       ORDER BY created_at OFFSET (SELECT count(*) / 20 FROM customers) LIMIT 1`,
    ),
  );
  const busiest = await idOf(
    owner,
    'SELECT customer_id AS id FROM customer_purchase_totals ORDER BY purchase_count DESC LIMIT 1',
  );
  const tag = await idOf(owner, `SELECT id FROM tags WHERE name = '标签 7'`);
  const branch = await idOf(owner, 'SELECT id FROM branches ORDER BY id LIMIT 1');
  const segment = await idOf(owner, 'SELECT id FROM segments ORDER BY id LIMIT 1');
  const thing = await idOf(owner, 'SELECT id FROM served_things ORDER BY id LIMIT 1');
  const cipher = createCipher(loadKeys(keyFile));
  const phone = openContact(cipher, sample.id, 'phone', sample.phone_encrypted) ?? '';
  const email = openContact(cipher, sample.id, 'email', sample.email_encrypted) ?? '';
  const cursor = (value: string) =>
    Buffer.from(JSON.stringify(['next', value, sample.id])).toString('base64url');
  const list = (name: string, query: string, as: 'manager' | 'agent' = 'manager'): MeasuredRequest => ({
    name,
    path: `/customers${query === '' ? '' : `?${query}`}`,
    budget: listBudget,
    as,
  });
  const search = (name: string, text: string) => list(`search: ${name}`, `q=${encodeURIComponent(text)}`);
  const characters = Array.from(sample.name);
  return [
    list('list, first page', ''),
    list('list, first page, own customers', '', 'agent'),
    list('list, deep page', `after=${cursor(sample.created_at.toISOString())}`),
    ...[
      'name',
      '-name',
      'customerNo',
      '-totalAmount',
      'totalAmount',
      '-lastPurchaseOn',
      'nextFollowUp',
      '-lastContact',
    ].map((sort) => list(`list, sorted by ${sort}`, `sort=${sort}`)),
    list('list, sorted by -totalAmount, own customers', 'sort=-totalAmount', 'agent'),
    list('list, deep page by name', `sort=name&after=${cursor(sample.name_pinyin)}`),
    list('list, deep page by amount', `sort=-totalAmount&after=${cursor('500.00')}`),
    list('filter: gender', 'gender=male'),
    list('filter: no gender', 'gender=none'),
    list('filter: source', `source=${encodeURIComponent('官网')}`),
    list('filter: frequent city', `city=${encodeURIComponent('城市1')}`),
    list('filter: rare city', `city=${encodeURIComponent('城市299')}`),
    list('filter: nobody’s', 'owner=none'),
    list('filter: created in a week', 'createdFrom=2025-06-02&createdTo=2025-06-08'),
    list('filter: follow-up overdue', 'nextFollowUp=overdue'),
    list('filter: no contact since', 'notContactedSince=2026-01-01'),
    list('filter: tag', `tag=${tag}`),
    list('filter: segment', `segment=${segment}`),
    list('filter: late', 'late=late'),
    list('filter: company', 'kind=company'),
    list('filter: branch', `branch=${branch}`),
    list('filter: age', 'ageFrom=30&ageTo=40'),
    list('filter: birthday in a month', 'birthMonth=5'),
    list('filter: last visit', 'lastVisitFrom=2026-01-01&lastVisitTo=2026-03-31'),
    list('filter: no visit since', 'noVisitSince=2026-01-01'),
    list('filter: spent', 'spentFrom=2000'),
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
    { name: 'record', path: `/customers/${sample.id}`, budget: recordBudget, as: 'manager' },
    {
      name: 'record with most purchases',
      path: `/customers/${busiest}`,
      budget: recordBudget,
      as: 'manager',
    },
    { name: 'edit form', path: `/customers/${sample.id}/edit`, budget: recordBudget, as: 'manager' },
    {
      name: 'similar customers while typing',
      path: `/customers/similar?name=${encodeURIComponent(sample.name)}&phone=${encodeURIComponent(phone)}`,
      budget: 3,
      as: 'manager',
    },
    {
      name: 'global search',
      path: `/search?q=${encodeURIComponent(sample.name)}`,
      budget: listBudget,
      as: 'manager',
    },
    { name: 'home', path: '/', budget: listBudget, as: 'agent' },
    { name: 'my follow-ups', path: '/follow-ups', budget: listBudget, as: 'agent' },
    { name: 'everybody’s follow-ups', path: '/follow-ups?owner=all', budget: listBudget, as: 'manager' },
    { name: 'late visits', path: '/late-visits', budget: listBudget, as: 'manager' },
    { name: 'own late visits', path: '/late-visits?owner=me', budget: listBudget, as: 'agent' },
    { name: 'public pool', path: '/public-pool', budget: listBudget, as: 'agent' },
    { name: 'served things', path: '/served-things', budget: listBudget, as: 'manager' },
    { name: 'served thing', path: `/served-things/${thing}`, budget: recordBudget, as: 'manager' },
    { name: 'segments', path: '/segments', budget: listBudget, as: 'manager' },
    { name: 'segment', path: `/segments/${segment}`, budget: recordBudget, as: 'manager' },
    { name: 'frame alone', path: '/profile', budget: listBudget, as: 'manager' },
    { name: 'duplicates', path: '/duplicates', budget: listBudget, as: 'manager' },
    { name: 'recycle bin', path: '/recycle-bin', budget: listBudget, as: 'manager' },
    { name: 'audit log', path: '/admin/audit-log', budget: listBudget, as: 'manager' },
  ];
}

async function firstRow(owner: pg.Client, statement: string): Promise<unknown> {
  const { rows } = await owner.query(statement);
  return rows[0];
}

const idOf = async (owner: pg.Client, statement: string): Promise<string> =>
  z.object({ id: z.string() }).parse(await firstRow(owner, statement)).id;
