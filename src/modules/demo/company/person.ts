import { dayText, type DayNumber } from '../days.js';
import { chineseName, type Sex } from '../names/chinese-names.js';
import { foreignName } from '../names/foreign-names.js';
import type { Random } from '../random.js';

/** Who a customer is, apart from what the company knows about them. */
export interface Person {
  readonly name: string;
  readonly isForeign: boolean;
  readonly sex: Sex;
  readonly bornOn: DayNumber;
}

/** What the record says about it: some people do not say when they were born, or what they are. */
export interface PersonOnRecord {
  readonly gender: Sex | 'other' | null;
  readonly birthDate: string | null;
  readonly birthCalendar: 'solar' | 'lunar';
}

/** Seven of ten customers are women; half are between 27 and 41. */
export function createPerson(random: Random, today: DayNumber): Person {
  const sex = random.chance(0.72) ? 'female' : 'male';
  const age = Math.min(80, Math.max(random.integer(17, 22) + random.next(), random.normal(34, 10.5)));
  const bornOn = Math.floor(today - age * 365.25);
  const isForeign = random.chance(0.14);
  const name = isForeign
    ? foreignName(random, sex)
    : chineseName(random, sex, Number(dayText(bornOn).slice(0, 4)));
  return { name, isForeign, sex, bornOn };
}

/** Older people keep their birthday by the lunar calendar. */
export function recordPerson(random: Random, person: Person, today: DayNumber): PersonOnRecord {
  const gender = random.chance(0.975) ? person.sex : random.chance(0.2) ? 'other' : null;
  if (random.chance(0.36)) return { gender, birthDate: null, birthCalendar: 'solar' };
  const isOlder = today - person.bornOn > 45 * 365.25;
  const isLunar = !person.isForeign && random.chance(isOlder ? 0.3 : 0.03);
  return { gender, birthDate: dayText(person.bornOn), birthCalendar: isLunar ? 'lunar' : 'solar' };
}
