import type { Sex } from '../names/chinese-names.js';
import type { Random } from '../random.js';
import type { Department } from './branches.js';
import type { DemoCustomer } from './customer.js';

/** What somebody usually comes for, and at what price. */
export interface Habit {
  readonly department: Department;
  readonly sex: Sex;
  /** Share of the list price that they pay. */
  readonly priceShare: number;
}

const interest: Readonly<Record<Sex, Readonly<Record<Department, number>>>> = {
  female: { hair: 40, nails: 20, skin: 22, spa: 12, clinic: 7 },
  male: { hair: 76, nails: 1, skin: 6, spa: 15, clinic: 2 },
};

/** Members pay less; who comes often is a member more often. */
const prices = [1, 1, 1, 1, 1, 0.95, 0.95, 0.88];
const regularPrices = [1, 1, 0.95, 0.95, 0.88, 0.88, 0.88];

/** @returns the habit of a customer, kept for all their visits */
export function createHabit(random: Random, { person, branch, rhythm }: DemoCustomer): Habit {
  const isRegular = rhythm.name === 'monthly' || rhythm.name === 'fortnightly';
  return {
    department: chooseDepartment(random, person.sex, branch.departments),
    sex: person.sex,
    priceShare: random.pick(isRegular ? regularPrices : prices),
  };
}

/** A department of a branch, as that sex is interested in it. */
export const chooseDepartment = (random: Random, sex: Sex, offered: readonly Department[]): Department =>
  random.weighted(offered, (department) => interest[sex][department]);
