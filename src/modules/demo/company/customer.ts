import type { ContactDetails } from '../../customers/contact-details.js';
import type { CustomerKind } from '../../customers/customers.schemas.js';
import { dayText, openingHour, type DayNumber } from '../days.js';
import { createRandom, type Random } from '../random.js';
import type { DemoBranch } from './branches.js';
import { suitableDay } from './busyness.js';
import { createContact } from './contact.js';
import { createPerson, recordPerson, type Person, type PersonOnRecord } from './person.js';
import { createRemark } from './remarks.js';
import { createRhythm, hasLapsed, type Rhythm } from './rhythm.js';
import { createSource } from './sources.js';
import type { DemoStaffMember } from './staff.js';

export interface DemoCustomer extends PersonOnRecord, ContactDetails {
  readonly id: string;
  readonly kind: CustomerKind;
  /** Of a company, its name alone counts. */
  readonly person: Person;
  readonly rhythm: Rhythm;
  readonly branch: DemoBranch;
  /** Undefined in the public pool. */
  readonly owner: DemoStaffMember | undefined;
  readonly city: string | null;
  readonly source: string | null;
  readonly remark: string | null;
  /** The day of the first contact. */
  readonly since: DayNumber;
  readonly firstVisitOn: string | null;
  readonly createdAt: Date;
  /** Who put the customer into the recycle bin, and when. */
  readonly deletion: { readonly by: DemoStaffMember; readonly at: Date } | undefined;
}

export interface CustomerSetting {
  readonly seed: string;
  readonly today: DayNumber;
  readonly branches: readonly DemoBranch[];
  readonly staff: readonly DemoStaffMember[];
}

/** Days of the branches' history that everything is seen against. */
const longestHistory = 4 * 365;
const daysInRecycleBin = 28;

/** One customer of the chain, the same for the same seed, day and index. */
export function createCustomer(setting: CustomerSetting, index: number): DemoCustomer {
  const { seed, today, branches, staff } = setting;
  const random = createRandom(seed, 'customer', index);
  const person = createPerson(random, today);
  const branch = random.weighted(branches, ({ weight }) => weight);
  const since = createSince(random, branch, today);
  const rhythm = createRhythm(random, since);
  const createdAt = openingHour(random, since);
  const city = createCity(random, branch);
  const team = staff.filter((member) => member.branch === branch && member.until === undefined);
  return {
    id: random.uuid(createdAt),
    kind: 'person',
    person,
    rhythm,
    branch,
    since,
    createdAt,
    ...recordPerson(random, person, today),
    ...createContact(random, person, branch, city),
    owner: createOwner(random, rhythm, team, today),
    city,
    source: createSource(random, 1 - Math.min(1, (today - since) / longestHistory)),
    remark: createRemark(random, person),
    firstVisitOn: rhythm.name === 'enquiry' || random.chance(0.03) ? null : dayText(since),
    deletion: createDeletion(random, team, since, today),
  };
}

/** From the opening of the branch to yesterday, and more every year. */
function createSince(random: Random, branch: DemoBranch, today: DayNumber): DayNumber {
  const planned = branch.openedOn + Math.floor(random.next() ** 0.95 * (today - branch.openedOn));
  return suitableDay(random, planned, today - 1);
}

/** Account staff look after most; whoever stayed away or never came is in the public pool more often. */
function createOwner(
  random: Random,
  rhythm: Rhythm,
  team: readonly DemoStaffMember[],
  today: DayNumber,
): DemoStaffMember | undefined {
  const isCold = rhythm.name === 'once' || rhythm.name === 'enquiry' || hasLapsed(rhythm, today);
  if (random.chance(isCold ? 0.16 : 0.03)) return undefined;
  return random.weighted(team, ({ role }) => (role === 'account' ? 3 : role === 'agent' ? 1 : 0.3));
}

function createCity(random: Random, branch: DemoBranch): string | null {
  if (random.chance(0.04)) return null;
  return random.chance(0.1) ? random.pick(branch.nearbyCities) : branch.city;
}

function createDeletion(
  random: Random,
  team: readonly DemoStaffMember[],
  since: DayNumber,
  today: DayNumber,
): DemoCustomer['deletion'] {
  const manager = team.find(({ role }) => role === 'manager');
  const earliest = Math.max(since + 1, today - daysInRecycleBin);
  if (!manager || earliest >= today || !random.chance(0.008)) return undefined;
  return { by: manager, at: openingHour(random, random.integer(earliest, today - 1)) };
}
