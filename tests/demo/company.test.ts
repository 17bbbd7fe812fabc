import { describe, expect, test } from 'vitest';
import { branchRoster, headOffice } from '../../src/modules/demo/company/staff-roster.js';
import { createCompany, type CompanyPlan } from '../../src/modules/demo/company/company.js';
import { createProfile } from '../../src/modules/demo/company/profile.js';
import { dayNumber, dayText, weekdayOf } from '../../src/modules/demo/days.js';
import { NewCustomerForm } from '../../src/modules/customers/customers.schemas.js';
import { PurchaseForm } from '../../src/modules/purchases/purchases.schemas.js';

const plan: CompanyPlan = {
  seed: 'demo',
  scale: 1,
  createdOn: '2026-03-20',
  administratorId: '0195b000-0000-7000-8000-000000000000',
};
const company = createCompany(plan);
const { customers, purchases, staff, branches } = company;
const today = dayNumber(plan.createdOn);

const everyNth = <Item>(items: readonly Item[], step: number): Item[] =>
  items.filter((_, index) => index % step === 0);

const shareOf = <Item>(items: readonly Item[], belongs: (item: Item) => boolean): number =>
  items.filter(belongs).length / items.length;

describe('R6.1 the demo company is the same for the same plan', () => {
  test('down to the ids', () => {
    const small = { ...plan, scale: 0.02 };
    expect(createCompany(small)).toEqual(createCompany(small));
  });

  test('and another one for another seed', () => {
    const other = createCompany({ ...plan, scale: 0.02, seed: 'other' });
    const ids = new Set(customers.map(({ id }) => id));
    expect(other.customers.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  test('no id and no sign-in comes twice', () => {
    const ids = [...branches, ...staff, ...customers, ...purchases].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(staff.map(({ username }) => username)).size).toBe(staff.length);
  });
});

describe('R6.1 the demo company is of a believable size', () => {
  test('five branches with their teams, about 40 people in every role', () => {
    expect(branches.map(({ city }) => city)).toEqual(Object.keys(branchRoster));
    expect(staff.length).toBe(Object.values(branchRoster).flat().length + headOffice.length);
    expect(staff.length).toBe(40);
    expect([...new Set(staff.map(({ role }) => role))].sort()).toEqual([
      'account',
      'administrator',
      'agent',
      'auditor',
      'manager',
    ]);
    for (const branch of branches)
      expect(staff.filter((member) => member.branch === branch).length).toBeGreaterThan(4);
  });

  test('3,000 customers and about 25,000 purchases of two years that end yesterday', () => {
    expect(customers.length).toBe(3_000);
    expect(purchases.length).toBeGreaterThan(22_000);
    expect(purchases.length).toBeLessThan(28_000);
    const days = purchases.map(({ day }) => day);
    expect(Math.max(...days)).toBe(today - 1);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(today - 730);
    expect(Math.min(...days)).toBeLessThan(today - 720);
  });
});

describe('R6.1 the demo company lives like a real one', () => {
  test('Saturdays are busier than Mondays, and nobody works on the first days of Spring Festival', () => {
    const on = (weekday: number): number => purchases.filter(({ day }) => weekdayOf(day) === weekday).length;
    expect(on(6)).toBeGreaterThan(1.5 * on(1));
    const festivals = ['2025-01-29', '2025-01-30', '2026-02-17', '2026-02-18'];
    expect(purchases.filter(({ day }) => festivals.includes(dayText(day)))).toEqual([]);
  });

  test('some come every month, others stay away, others never came', () => {
    const bought = new Map<string, number>();
    for (const { customer } of purchases) bought.set(customer.id, (bought.get(customer.id) ?? 0) + 1);
    const counts = customers.map(({ id }) => bought.get(id) ?? 0);
    expect(shareOf(counts, (count) => count >= 20)).toBeGreaterThan(0.1);
    expect(shareOf(counts, (count) => count === 0)).toBeGreaterThan(0.05);
    const recent = new Set(
      purchases.filter(({ day }) => day > today - 180).map(({ customer }) => customer.id),
    );
    expect(shareOf(customers, ({ id }) => !recent.has(id))).toBeGreaterThan(0.25);
    expect(shareOf(purchases, ({ amount }) => amount < 0)).toBeCloseTo(0.012, 2);
  });

  test('people of all kinds are on record, and not everything is known of everybody', () => {
    expect(shareOf(customers, ({ gender }) => gender === 'female')).toBeCloseTo(0.7, 1);
    expect(shareOf(customers, ({ person }) => /\p{Script=Han}/u.test(person.name))).toBeCloseTo(0.86, 1);
    expect(shareOf(customers, ({ birthDate }) => birthDate === null)).toBeCloseTo(0.36, 1);
    expect(customers.filter(({ birthCalendar }) => birthCalendar === 'lunar').length).toBeGreaterThan(50);
    expect(customers.filter(({ phone }) => phone === null).length).toBeGreaterThan(50);
    expect(new Set(customers.map(({ source }) => source)).size).toBe(11);
  });

  test('a few customers are firms, of which nothing personal is on record', () => {
    const firms = customers.filter(({ kind }) => kind === 'company');
    expect(firms.length).toBeGreaterThanOrEqual(50);
    expect(firms.length).toBeLessThan(60);
    for (const firm of firms) {
      expect(firm.person.name).toMatch(/^\p{Script=Han}+有限公司$/u);
      expect([firm.gender, firm.birthDate, firm.wechat]).toEqual([null, null, null]);
      expect(createProfile(firm.id, firm)).toMatchObject({ tags: ['企业客户'], habits: null });
    }
  });

  test('some customers are in the public pool, a few in the recycle bin, a few registered twice', () => {
    expect(shareOf(customers, ({ owner }) => owner === undefined)).toBeCloseTo(0.1, 1);
    const deleted = customers.filter(({ deletion }) => deletion);
    expect(deleted.length).toBeGreaterThan(10);
    expect(deleted.length).toBeLessThan(50);
    expect(deleted.filter(({ deletion, createdAt }) => deletion && deletion.at < createdAt)).toEqual([]);
    const phones = customers.flatMap(({ phone }) => phone ?? []);
    expect(phones.length - new Set(phones).size).toBeGreaterThan(20);
  });

  test('who left owns no customer and served nobody since', () => {
    const gone = staff.filter(({ until }) => until !== undefined);
    expect(gone.length).toBe(2);
    for (const member of gone) {
      const last = Math.max(
        ...purchases.filter((purchase) => purchase.staff === member).map(({ day }) => day),
      );
      expect(last).toBeGreaterThan(0);
      expect(last).toBeLessThanOrEqual(member.until ?? 0);
      expect(customers.filter(({ owner }) => owner === member)).toEqual([]);
    }
  });
});

describe('R1.1 the product would take all of it from a form', () => {
  test('each customer', () => {
    for (const customer of everyNth(customers, 5)) {
      const typed = {
        id: customer.id,
        name: customer.person.name,
        kind: customer.kind,
        gender: customer.gender ?? '',
        birthDate: customer.birthDate ?? '',
        birthCalendar: customer.birthCalendar,
        phone: customer.phone ?? '',
        email: customer.email ?? '',
        wechat: customer.wechat ?? '',
        city: customer.city ?? '',
        address: customer.address ?? '',
        source: customer.source ?? '',
        firstVisitOn: customer.firstVisitOn ?? '',
        remark: customer.remark ?? '',
        ownerId: customer.owner?.id ?? '',
        branchId: customer.branch.id,
      };
      const { phone, email, wechat, name } = NewCustomerForm.parse(typed);
      expect({ phone, email, wechat, name }).toEqual({
        phone: customer.phone,
        email: customer.email,
        wechat: customer.wechat,
        name: customer.person.name,
      });
    }
  });

  test('each purchase', () => {
    for (const {
      id,
      day,
      item,
      quantity,
      amount,
      staff: { id: staffId },
      branch,
      remark,
    } of everyNth(purchases, 40)) {
      const form = PurchaseForm.parse({
        id,
        purchasedOn: dayText(day),
        item,
        quantity: String(quantity),
        amount: String(Math.abs(amount)),
        kind: amount < 0 ? 'refund' : 'purchase',
        staffId,
        branchId: branch.id,
        remark: remark ?? '',
      });
      expect(Number(form.amount)).toBe(Math.abs(amount));
    }
  });

  test('mail would reach nobody, WeChat names are such as WeChat allows', () => {
    for (const { email, wechat } of customers) {
      if (email !== null) expect(email).toMatch(/@example\.(com|cn)$/);
      if (wechat !== null) expect(wechat).toMatch(/^[a-z][-_a-z0-9]{5,19}$/);
    }
  });
});
