import { openingHour, type DayNumber } from '../days.js';
import { createRandom, type Random } from '../random.js';
import type { DemoBranch } from './branches.js';
import { latitude, suitableDay } from './busyness.js';
import type { DemoCustomer } from './customer.js';
import { createHabit } from './habits.js';
import { visitLines, type PurchaseLine } from './purchase-lines.js';
import { createRefund } from './refunds.js';
import { servingStaff, type DemoStaffMember } from './staff.js';
import { visitDays } from './visits.js';

export interface DemoPurchase extends PurchaseLine {
  readonly id: string;
  readonly customer: DemoCustomer;
  readonly branch: DemoBranch;
  readonly staff: DemoStaffMember;
  readonly day: DayNumber;
  readonly remark: string | null;
  readonly createdAt: Date;
}

/** The company keeps purchases for two years. */
const daysOfPurchases = 2 * 365;

export interface PurchaseSetting {
  readonly seed: string;
  readonly today: DayNumber;
  readonly branches: readonly DemoBranch[];
  readonly staff: readonly DemoStaffMember[];
}

/** What one customer bought and gave back in the two years that ended yesterday, in order. */
export function createPurchases(
  setting: PurchaseSetting,
  customer: DemoCustomer,
  index: number,
): DemoPurchase[] {
  if (customer.rhythm.name === 'enquiry') return [];
  const random = createRandom(setting.seed, 'purchases', index);
  const habit = createHabit(random, customer);
  const yesterday = setting.today - 1;
  return visitDays(random, customer.rhythm, firstDay(random, setting.today, customer), yesterday).flatMap(
    (day) => {
      const branch = chooseBranch(random, setting, customer, day);
      const staff = chooseStaff(random, setting, customer, branch, day);
      const createdAt = openingHour(random, day);
      return visitLines(random, habit, branch, setting.today - day).flatMap((line) => {
        const id = random.uuid(createdAt);
        const bought = { ...line, id, customer, branch, staff, day, createdAt, remark: null };
        const refund = createRefund(random, bought, yesterday);
        return refund ? [bought, refund] : [bought];
      });
    },
  );
}

/** The first visit, or for older customers their first one in the two years: somewhere within one interval. */
function firstDay(random: Random, today: DayNumber, { since, rhythm }: DemoCustomer): DayNumber {
  const start = today - daysOfPurchases;
  if (since >= start) return since;
  return suitableDay(random, start + latitude + Math.floor(random.next() * rhythm.interval), today - 1);
}

/** Now and then people drop in at another branch. */
function chooseBranch(
  random: Random,
  { branches }: PurchaseSetting,
  customer: DemoCustomer,
  day: DayNumber,
): DemoBranch {
  if (!random.chance(0.03)) return customer.branch;
  return random.pick(branches.filter(({ openedOn }) => openedOn <= day));
}

/** The one who looks after the customer, or whoever is free. */
function chooseStaff(
  random: Random,
  { staff }: PurchaseSetting,
  { owner }: DemoCustomer,
  branch: DemoBranch,
  day: DayNumber,
): DemoStaffMember {
  return owner?.branch === branch && random.chance(0.45)
    ? owner
    : random.pick(servingStaff(staff, branch, day));
}
