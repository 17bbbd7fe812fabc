import { dayNumber, type DayNumber } from '../days.js';
import { createBranches, type DemoBranch } from './branches.js';
import { createCustomer, type DemoCustomer } from './customer.js';
import { withDuplicates } from './duplicates.js';
import { withFirms } from './firms.js';
import { createPurchases, type DemoPurchase } from './purchase.js';
import { createStaff, type DemoStaffMember } from './staff.js';

/** A chain of salons with a spa and a small clinic, all made up: the same for the same plan, down to the ids. */
export interface Company {
  readonly seed: string;
  /** The day of its creation; its history ends the day before. */
  readonly today: DayNumber;
  readonly branches: readonly DemoBranch[];
  readonly staff: readonly DemoStaffMember[];
  /** In the order in which they came. */
  readonly customers: readonly DemoCustomer[];
  /** In the order in which they were made, refunds among them. */
  readonly purchases: readonly DemoPurchase[];
}

export interface CompanyPlan {
  readonly seed: string;
  /** `yyyy-mm-dd` */
  readonly createdOn: string;
  /** 1 is the whole company; staff and branches stay the same at any scale. */
  readonly scale: number;
  /** The administrator of the installation becomes the company's. */
  readonly administratorId: string;
}

const customerCount = 3_000;

export function createCompany({ seed, createdOn, scale, administratorId }: CompanyPlan): Company {
  const today = dayNumber(createdOn);
  const branches = createBranches(seed, today);
  const staff = createStaff(seed, today, branches, administratorId);
  const setting = { seed, today, branches, staff };
  const drawn = Array.from({ length: Math.round(customerCount * scale) }, (_, index) =>
    createCustomer(setting, index),
  );
  const customers = withDuplicates(withFirms(seed, drawn));
  const purchases = customers.flatMap((customer, index) => createPurchases(setting, customer, index));
  return { ...setting, customers: customers.sort(byCreation), purchases: purchases.sort(byCreation) };
}

const byCreation = (left: { readonly createdAt: Date }, right: { readonly createdAt: Date }): number =>
  left.createdAt.getTime() - right.createdAt.getTime();
