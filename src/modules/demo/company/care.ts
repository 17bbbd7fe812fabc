import { isDemoSignIn } from '../sign-ins.js';
import { dayText, openingHour, type DayNumber } from '../days.js';
import { createRandom, type Random } from '../random.js';
import type { DemoCustomer } from './customer.js';
import type { DemoStaffMember } from './staff.js';

export interface DemoContact {
  readonly id: string;
  readonly customer: DemoCustomer;
  readonly staff: DemoStaffMember;
  readonly at: Date;
  readonly channel: 'phone' | 'wechat' | 'in_person' | 'email';
  readonly direction: 'in' | 'out';
  readonly outcome: 'reached' | 'not_reached' | 'message_left' | 'appointment_made';
  readonly summary: string;
}

export interface DemoFollowUp {
  readonly id: string;
  readonly customer: DemoCustomer;
  readonly owner: DemoStaffMember;
  readonly dueOn: string;
  readonly dueMinute: number | null;
  readonly action: string;
  readonly plannedAt: Date;
  /** The contact that settled it; undefined while it is open. */
  readonly settledBy: DemoContact | undefined;
}

export interface DemoCare {
  readonly contacts: readonly DemoContact[];
  readonly followUps: readonly DemoFollowUp[];
}

const saidInChinese = [
  '问了上次护理后的感觉，客人很满意，说头发顺了很多',
  '想约周末下午，还没定具体时间',
  '对新上的肩颈套餐有兴趣，让我把价目发过去',
  '说最近出差，月底回来再联系',
  '反映上次等了二十分钟，已道歉并记录',
  '提醒会员卡余额快用完，客人下次来充值',
  '已约好时间，指定原来的技师',
  '没有接电话，微信留言了',
];
const saidInEnglish = [
  'Happy with the last visit; asked for the same stylist.',
  'Travelling until the end of the month, will call back.',
  'Asked for the price list of the spa packages.',
  'Left a message about the open appointment.',
];
const plannedInChinese = [
  '回访护理效果',
  '确认周末预约',
  '发送新套餐价目',
  '生日前打电话',
  '提醒续卡',
  '约下一次护理',
];
const plannedInEnglish = ['Ask how the treatment worked', 'Confirm the appointment', 'Send the price list'];

/** How the staff kept in touch with one customer; nothing where nobody looks after them. */
export function createCare(seed: string, today: DayNumber, customer: DemoCustomer, index: number): DemoCare {
  const { owner } = customer;
  if (!owner || customer.deletion) return { contacts: [], followUps: [] };
  const random = createRandom(seed, 'care', index);
  const first = Math.max(customer.since, owner.since, today - 540);
  if (first >= today) return { contacts: [], followUps: [] };
  const contacts = Array.from({ length: Math.floor(random.next() ** 2 * 5) }, () =>
    createContact(random, customer, owner, random.integer(first, today - 1)),
  ).sort((one, other) => one.at.getTime() - other.at.getTime());
  const last = contacts.at(-1);
  const settled = last && random.chance(0.5) ? [settledFollowUp(random, last, today)] : [];
  const open = random.chance(isDemoSignIn(owner.username) ? 0.4 : 0.09)
    ? [openFollowUp(random, customer, owner, today)]
    : [];
  return { contacts, followUps: [...settled, ...open] };
}

function createContact(
  random: Random,
  customer: DemoCustomer,
  staff: DemoStaffMember,
  day: DayNumber,
): DemoContact {
  const at = openingHour(random, day);
  const { isForeign } = customer.person;
  return {
    id: random.uuid(at),
    customer,
    staff,
    at,
    channel: random.pickSkewed(
      isForeign ? ['email', 'phone', 'in_person'] : ['wechat', 'phone', 'in_person'],
    ),
    direction: random.chance(0.8) ? 'out' : 'in',
    outcome: random.pickSkewed(['reached', 'reached', 'appointment_made', 'message_left', 'not_reached']),
    summary: random.pick(isForeign ? saidInEnglish : saidInChinese),
  };
}

const actionFor = (random: Random, { person }: DemoCustomer): string =>
  random.pick(person.isForeign ? plannedInEnglish : plannedInChinese);

function settledFollowUp(random: Random, contact: DemoContact, today: DayNumber): DemoFollowUp {
  const due = Math.min(today - 1, Math.floor(contact.at.getTime() / 86_400_000));
  const plannedAt = openingHour(random, due - random.integer(3, 14));
  return {
    id: random.uuid(plannedAt),
    customer: contact.customer,
    owner: contact.staff,
    dueOn: dayText(due),
    dueMinute: null,
    action: actionFor(random, contact.customer),
    plannedAt,
    settledBy: contact,
  };
}

/** Most are due in the days to come; a few were left undone. */
function openFollowUp(
  random: Random,
  customer: DemoCustomer,
  owner: DemoStaffMember,
  today: DayNumber,
): DemoFollowUp {
  const plannedAt = openingHour(random, today - random.integer(7, 20));
  return {
    id: random.uuid(plannedAt),
    customer,
    owner,
    dueOn: dayText(today + random.integer(-5, 21)),
    dueMinute: random.chance(0.3) ? random.integer(20, 40) * 30 : null,
    action: actionFor(random, customer),
    plannedAt,
    settledBy: undefined,
  };
}
