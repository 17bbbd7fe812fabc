import type { DemoCustomer } from '../company/customer.js';
import type { DemoStaffMember } from '../company/staff.js';
import { asDate, dayText, type DayNumber } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';
import { createRandom, type Random } from '../random.js';

const kinds = [
  {
    ...{ name: '车辆', identifierLabel: '车牌号', intervalDays: 180, leadDays: 14, share: 0.03 },
    names: ['大众途观', '比亚迪汉', '奥迪 A4L', '特斯拉 Model Y', '丰田凯美瑞'],
    works: ['洗车打蜡', '内饰深度清洁', '更换机油机滤', '轮胎换位'],
    identifier: (random: Random) => `湘A·${random.integer(10_000, 99_999)}`,
  },
  {
    ...{ name: '宠物', identifierLabel: '芯片号', intervalDays: 60, leadDays: 7, share: 0.04 },
    names: ['豆豆', '旺财', '咪咪', '球球', '可乐'],
    works: ['洗护美容', '修剪造型', '体内外驱虫', '疫苗接种'],
    identifier: (random: Random) => `156${String(random.integer(0, 999_999_999_999)).padStart(12, '0')}`,
  },
] as const;

type Kind = (typeof kinds)[number];

/** Days by which a service comes earlier or later than planned. */
const unpunctualDays = 20;

/** Cars and pets of some customers, what was done on them, and when they are due. */
export const servedThingsPart: DemoPart = {
  name: 'served-things',
  async fill({ tx }, { seed, today, customers, staff }) {
    const random = createRandom(seed, 'served-things');
    const kindRows = kinds.map(({ name, identifierLabel, intervalDays, leadDays }) => ({
      id: random.uuid(asDate(today)),
      name,
      identifier_label: identifierLabel,
      service_interval_days: intervalDays,
      lead_days: leadDays,
    }));
    await insertRows(tx, 'served_thing_kinds', kindRows);
    const things = kinds.flatMap((kind, index) =>
      customers
        .filter(({ deletion }) => deletion === undefined)
        .filter((customer) => hasThing(random, customer, kind))
        .map((customer) => createThing(random, today, customer, staff, kind, kindRows[index]?.id ?? '')),
    );
    await insertRows(
      tx,
      'served_things',
      things.map(({ row }) => row),
    );
    await insertRows(
      tx,
      'served_thing_services',
      things.flatMap(({ services }) => services),
    );
  },
};

/** Every firm has a car, and none has a pet. */
const hasThing = (random: Random, customer: DemoCustomer, { name, share }: Kind): boolean =>
  customer.kind === 'company' ? name === '车辆' : random.chance(share);

function createThing(
  random: Random,
  today: DayNumber,
  customer: DemoCustomer,
  staff: readonly DemoStaffMember[],
  kind: Kind,
  kindId: string,
) {
  const team = staff.filter(({ branch, until }) => branch === customer.branch && until === undefined);
  const id = random.uuid(customer.createdAt);
  const days = serviceDays(random, customer.since, today, kind.intervalDays);
  const last = days.at(-1);
  const created = customer.createdAt.toISOString();
  return {
    row: {
      id,
      customer_id: customer.id,
      kind_id: kindId,
      name: random.pick(kind.names),
      identifier: random.chance(0.9) ? kind.identifier(random) : null,
      next_due_on: last === undefined ? null : dayText(last + kind.intervalDays),
      version: 1,
      created_at: created,
      updated_at: created,
    },
    services: days.map((day) => ({
      id: random.uuid(asDate(day)),
      thing_id: id,
      served_on: dayText(day),
      work: random.pick(kind.works),
      staff_id: random.pick(team).id,
    })),
  };
}

function serviceDays(random: Random, since: DayNumber, today: DayNumber, interval: number): DayNumber[] {
  const days: DayNumber[] = [];
  for (let day = since; day < today; day += interval + random.integer(-unpunctualDays, unpunctualDays)) {
    days.push(day);
  }
  return days;
}
