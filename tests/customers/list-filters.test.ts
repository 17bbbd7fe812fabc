import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ageInYears, dayOf } from '../../src/core/format.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { downloadCsv } from '../exports/downloads.js';
import type { TestClient } from '../support/client.js';
import { createCustomField } from '../support/factories/custom-field.js';
import { createCustomer, type CustomerOptions } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let manager: TestClient;
let teamId: string;
let branchId: string;

beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager', name: 'Mei Lin' });
  teamId = await createTeam(product.deps, { name: 'East' });
  await createCustomField(product.deps, { key: 'points', label: 'Points', kind: 'number' });
  await createCustomField(product.deps, { key: 'patchTestOn', label: 'Patch test', kind: 'date' });
  await createCustomField(product.deps, { key: 'skin', label: 'Skin', kind: 'text' });
  const anna = await create({
    ...{ name: 'Anna', gender: 'female', birthDate: '1990-03-05', phone: '+8613800000001', teamId },
    ...{ ownerId: manager.user.id, customValues: { points: 9, patchTestOn: '2026-01-10', skin: 'oily' } },
  });
  const berta = await create({
    ...{ name: 'Berta', birthDate: '2001-12-31', email: 'berta@example.com', wechat: 'berta_1' },
    customValues: { points: 120.5, patchTestOn: '2026-05-01' },
  });
  await create({ name: 'Carl' });
  await createPurchase(product.deps, { customerId: anna, amount: '800.00', purchasedOn: '2026-02-01' });
  await createPurchase(product.deps, { customerId: berta, amount: '50.00', purchasedOn: '2026-06-01' });
  await createPurchase(product.deps, { customerId: berta, amount: '60.00', purchasedOn: '2026-06-02' });
  branchId = await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', async (tx) => {
    const { id } = await tx.branch.create({ data: { id: anna, name: 'Main branch' } });
    const firstVisitOn = new Date('2026-02-01T00:00:00Z');
    await tx.customer.update({ where: { id: anna }, data: { branchId: id, firstVisitOn } });
    return id;
  });
});
afterAll(() => product.close());

const create = async (options: CustomerOptions): Promise<string> =>
  (await createCustomer(product.deps, options)).id;

const found = async (query: string): Promise<string[]> => {
  const document = await manager.page(`/customers?sort=name&columns=name&${query}`);
  return document('#list tbody tr a.row-link')
    .get()
    .map((link) => document(link).text().trim());
};

const chips = async (query: string): Promise<string[]> => {
  const document = await manager.page(`/customers?${query}`);
  return document('.chip')
    .get()
    .map((chip) => document(chip).text().trim());
};

describe('R1.11 the list of customers is filtered', () => {
  test.each([
    ['hasPhone=yes', ['Anna']],
    ['hasPhone=no', ['Berta', 'Carl']],
    ['hasEmail=yes', ['Berta']],
    ['hasWechat=no', ['Anna', 'Carl']],
    ['birthMonth=3', ['Anna']],
    ['birthMonth=2', []],
    ['team=none', ['Berta', 'Carl']],
    ['branch=none', ['Berta', 'Carl']],
    ['firstVisitFrom=2026-02-01&firstVisitTo=2026-02-01', ['Anna']],
    ['firstVisitFrom=2026-02-02', []],
    ['lastVisitFrom=2026-06-02', ['Berta']],
    ['lastVisitTo=2026-02-01', ['Anna']],
    ['noVisitSince=2026-06-02', ['Anna', 'Carl']],
    ['spentFrom=110', ['Anna', 'Berta']],
    ['spentFrom=1,00.5&spentTo=110.00', ['Berta']],
    ['spentTo=0', ['Carl']],
    ['purchasesFrom=2', ['Berta']],
    ['purchasesTo=0', ['Carl']],
    ['purchasesFrom=1&purchasesTo=1', ['Anna']],
    ['customFrom-points=9', ['Anna', 'Berta']],
    ['customFrom-points=9.5', ['Berta']],
    ['customTo-points=100', ['Anna']],
    ['customFrom-patchTestOn=2026-01-11', ['Berta']],
    ['customFrom-patchTestOn=2026-01-10&customTo-patchTestOn=2026-01-31', ['Anna']],
    ['customFrom-points=&spentFrom=&ageFrom=&branch=', ['Anna', 'Berta', 'Carl']],
  ])('by %s', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  test('by branch, team and owner, who are offered by name and named in the chip', async () => {
    expect(await found(`branch=${branchId}`)).toEqual(['Anna']);
    expect(await found(`team=${teamId}`)).toEqual(['Anna']);
    expect(await found(`owner=${manager.user.id}`)).toEqual(['Anna']);
    expect(await chips(`branch=${branchId}&team=${teamId}&owner=${manager.user.id}`)).toEqual([
      'Owner: Mei Lin',
      'Branch: Main branch',
      'Team: East',
    ]);
    const document = await manager.page(`/customers?owner=${manager.user.id}`);
    expect(document('#field-owner option[selected]').text()).toBe('Mei Lin');
  });

  test('by a choice that nobody offers any more, which stays chosen', async () => {
    const document = await manager.page(`/customers?owner=${teamId}`);
    expect(document('#field-owner option[selected]').attr('value')).toBe(teamId);
    expect(await found(`owner=${teamId}`)).toEqual([]);
  });

  test('and says each filter in words; taking one away keeps the others', async () => {
    const query =
      'ageFrom=30&birthMonth=3&hasPhone=yes&spentFrom=1234.5&customFrom-points=5&noVisitSince=2026-07-01';
    expect(await chips(query)).toEqual([
      'Age from: 30',
      'Month of the birthday: March',
      'Has a phone: Yes',
      'No purchase since: Jul 1, 2026',
      'Total spent from: ¥1,234.50',
      'Points from: 5',
    ]);
    const document = await manager.page(`/customers?${query}`);
    const href = document('.chip').last().attr('href') ?? '';
    expect(Object.fromEntries(new URL(href, 'http://x').searchParams)).toEqual({
      ...{
        ageFrom: '30',
        birthMonth: '3',
        hasPhone: 'yes',
        spentFrom: '1234.50',
        noVisitSince: '2026-07-01',
      },
    });
  });

  test('ages are those that the list shows, whatever the birth date', async () => {
    const city = 'Ages';
    const today = dayOf(product.deps.now());
    const days = [
      ...new Set(
        fc.sample(fc.date({ min: new Date('1930-01-01'), max: new Date(), noInvalidDate: true }), 40),
      ),
    ]
      .map((date) => date.toISOString().slice(0, 10))
      .concat(['2000-02-29', '2004-02-29', today, `${Number(today.slice(0, 4)) - 30}${today.slice(4)}`]);
    for (const birthDate of days) await createCustomer(product.deps, { name: birthDate, city, birthDate });
    const count = async (query: string): Promise<number> => {
      const document = await manager.page(`/customers?city=${city}&${query}`);
      return document('#list tbody tr').length;
    };
    for (const from of [0, 1, 17, 18, 30, 31, 60]) {
      const ages = days.map((day) => ageInYears(day, today) ?? -1);
      expect(await count(`ageFrom=${from}`)).toBe(ages.filter((age) => age >= from).length);
      expect(await count(`ageTo=${from}`)).toBe(ages.filter((age) => age >= 0 && age <= from).length);
    }
  });

  test.each([
    ...['ageFrom=x', 'ageTo=-1', 'ageTo=151', 'birthMonth=0', 'birthMonth=13', 'hasPhone=maybe', 'branch=me'],
    ...['team=1', 'firstVisitFrom=2026-02-30', 'noVisitSince=today', 'spentFrom=much', 'purchasesTo=1.5'],
    ...['customFrom-points=many', 'customFrom-points=2026-01-01', 'customTo-patchTestOn=5'],
    ...['customFrom-skin=5', 'customFrom-nosuch=5', 'custom-points=9'],
  ])('%s is refused by the list, the export and a saved view', async (query) => {
    expect((await manager.get(`/customers?${query}`)).status).toBe(422);
    expect((await manager.get(`/customers.csv?${query}`)).status).toBe(422);
    const view = { id: newId(), list: 'customers', name: 'A view', query };
    expect((await manager.post('/saved-views', view)).status).toBe(422);
  });

  test('within what the viewer may see; the export takes the same filters and says them', async () => {
    const agent = await product.signIn({ grants: { 'customers:read': 'own', 'customers:export': 'own' } });
    const own = await create({ name: 'Own', phone: '+8613800000009', ownerId: agent.user.id });
    const document = await agent.page('/customers?hasPhone=yes&spentTo=0');
    expect(document('#list tbody tr').length).toBe(1);
    expect(document('#list tbody a.row-link').attr('href')).toBe(`/customers/${own}`);
    const { records } = await downloadCsv(agent, '/customers.csv?hasPhone=yes&spentTo=0&columns=name');
    expect(records).toEqual([{ Name: 'Own' }]);
  });

  test('a bulk change of all that match reaches those alone', async () => {
    const filter = encodeURIComponent('hasEmail=yes&purchasesFrom=2');
    const document = await manager.page(`/bulk-changes/new?action=source&filter=${filter}&count=1&all=on`);
    expect(document('main').text()).toContain('1 customer is selected.');
    expect(document('main').text()).toContain('Berta');
  });
});

describe('R1.11 the filters that are used less', () => {
  test('stand behind a word, in groups with legends, and are open when one of them is set', async () => {
    const calm = await manager.page('/customers?city=x');
    expect(calm('details.more-filters').attr('open')).toBeUndefined();
    expect(calm('details.more-filters').find('input, select')).toHaveLength(0);
    const opened = await manager.page(calm('details.more-filters a').attr('href') ?? '');
    expect(opened('[name="city"]').attr('value')).toBe('x');
    expect(opened('details.more-filters').attr('open')).toBeDefined();
    const legends = opened('details.more-filters legend')
      .get()
      .map((legend) => opened(legend).text());
    expect(legends).toEqual(['Person and ways of contact', 'Visits and purchases', 'Care', 'Custom fields']);
    const open = await manager.page('/customers?customTo-points=5');
    expect(open('details.more-filters').attr('open')).toBeDefined();
    expect(open('[name="customTo-points"]').attr('value')).toBe('5');
  });
});
