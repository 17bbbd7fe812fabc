import type { DayNumber } from '../days.js';
import type { Random } from '../random.js';
import type { DemoBranch, Department } from './branches.js';
import { chooseDepartment, type Habit } from './habits.js';
import { packages, products, services, type Service } from './services.js';

export interface PurchaseLine {
  readonly item: string;
  readonly quantity: number;
  /** Yuan, with at most two decimals. */
  readonly amount: number;
}

/** Prices went up by this much a year. */
const yearlyIncrease = 0.04;

/** How many of a product people take home. */
const quantities = [1, 1, 1, 1, 1, 2, 2, 3];

/** What somebody pays for on one visit: a service, perhaps another one, perhaps something to take home. */
export function visitLines(
  random: Random,
  habit: Habit,
  branch: DemoBranch,
  daysAgo: DayNumber,
): PurchaseLine[] {
  const priced = (service: Service, quantity = 1): PurchaseLine => ({
    item: service.item,
    quantity,
    amount: toCents(listPrice(service, branch, daysAgo) * quantity * habit.priceShare),
  });
  const isAtHome = branch.departments.includes(habit.department);
  const usual = isAtHome && random.chance(0.85) ? habit.department : otherDepartment(random, habit, branch);
  const lines = [priced(chooseService(random, usual, habit))];
  if (random.chance(0.2)) {
    lines.push(priced(chooseService(random, otherDepartment(random, habit, branch), habit)));
  }
  if (random.chance(0.09)) lines.push(priced(chooseFrom(random, products), random.pick(quantities)));
  if (random.chance(0.012)) lines.push(priced(chooseFrom(random, packages)));
  return lines;
}

/** What a service cost that many days ago in a branch: full tens less two, as shops like it. */
function listPrice(service: Service, branch: DemoBranch, daysAgo: DayNumber): number {
  const yearsAgo = Math.floor(daysAgo / 365);
  return Math.round((service.price * branch.priceLevel * (1 - yearlyIncrease) ** yearsAgo) / 10) * 10 - 2;
}

const otherDepartment = (random: Random, habit: Habit, branch: DemoBranch): Department =>
  chooseDepartment(random, habit.sex, branch.departments);

const chooseService = (random: Random, department: Department, { sex }: Habit): Service =>
  chooseFrom(
    random,
    services[department].filter(({ onlyFor }) => onlyFor === undefined || onlyFor === sex),
  );

const chooseFrom = (random: Random, offered: readonly Service[]): Service =>
  random.weighted(offered, ({ weight }) => weight);

const toCents = (amount: number): number => Math.round(amount * 100) / 100;
