import { addWorkingTime } from '../../../core/working-time/add-working-time.js';
import type { WorkingCalendar } from '../../../core/working-time/working-calendar.js';
import { openingHour, startOf, type DayNumber } from '../days.js';
import { createRandom, type Random } from '../random.js';
import type { DemoCustomer } from './customer.js';
import { servingStaff, type DemoStaffMember } from './staff.js';

export type DemoRequestState = 'new' | 'inProgress' | 'waiting' | 'closed' | 'cancelled';

/** A request of the demo company, with everything that happened on it. */
export interface DemoRequest {
  readonly id: string;
  readonly customer: DemoCustomer;
  readonly type: 'consultation' | 'complaint' | 'repair' | 'recovery';
  readonly subject: string;
  readonly description: string;
  readonly priority: number;
  readonly channel: 'phone' | 'wechat' | 'in_person' | 'online';
  readonly assignee: DemoStaffMember | undefined;
  readonly receivedAt: Date;
  /** The states it went through, in order. */
  readonly states: readonly { readonly state: DemoRequestState; readonly at: Date }[];
  readonly words: readonly DemoWord[];
  readonly resolution: string | undefined;
  /** What it was opened for by itself. */
  readonly origin?: string;
}

export interface DemoWord {
  readonly kind: 'note' | 'reply' | 'customerWord';
  readonly body: string;
  readonly at: Date;
}

interface Matter {
  readonly type: DemoRequest['type'];
  readonly subject: string;
  readonly description: string;
  readonly reply: string;
  readonly resolution: string;
}

const matters: readonly Matter[] = [
  {
    ...{ type: 'consultation', subject: '想了解年卡优惠', description: '客人问年卡包含哪些项目，能否转让。' },
    ...{
      reply: '年卡含十二次基础护理，可转让一次，价目已发微信。',
      resolution: '已说明年卡内容，客人考虑后再来店办理。',
    },
  },
  {
    ...{ type: 'consultation', subject: '孕期可以做哪些项目', description: '怀孕五个月，想做面部护理。' },
    ...{ reply: '孕期可做基础清洁与补水，不做精油和仪器项目。', resolution: '已说明适合的项目并约好时间。' },
  },
  {
    ...{
      type: 'consultation',
      subject: 'Can I change my appointment?',
      description: 'Booked for Saturday, would rather come on Sunday.',
    },
    ...{ reply: 'Sunday at 14:00 is free, shall I move it?', resolution: 'Moved to Sunday 14:00.' },
  },
  {
    ...{
      type: 'complaint',
      subject: '等候超过三十分钟',
      description: '预约了两点，两点四十才开始，希望给个说法。',
    },
    ...{
      reply: '非常抱歉，当天技师临时请假，我们为您补偿一次护理。',
      resolution: '已道歉并赠送一次基础护理。',
    },
  },
  {
    ...{ type: 'complaint', subject: '染发颜色与预期不符', description: '要的是栗色，染出来偏红。' },
    ...{ reply: '请您本周来店，我们免费重新调整颜色。', resolution: '免费补染一次，客人满意。' },
  },
  {
    ...{ type: 'complaint', subject: '账单多收了一项', description: '没有做头皮护理，账单上却有。' },
    ...{ reply: '已核对，确实多收，款项今天退回。', resolution: '退款 128 元，已核对收银流程。' },
  },
  {
    ...{ type: 'repair', subject: '家用美容仪无法充电', description: '上个月在店里买的，充电灯不亮。' },
    ...{ reply: '请把仪器带到店里，我们送修并先借您一台。', resolution: '更换充电模块，已取回。' },
  },
  {
    ...{ type: 'repair', subject: '车辆打蜡后有划痕', description: '右后门有一条五厘米的划痕。' },
    ...{ reply: '请来店查看监控并免费抛光处理。', resolution: '已抛光处理，客人验收。' },
  },
];

/** Requests of the last days, those of today and yesterday mostly still open. */
const days = 120;
const requestsPerDay = 6;

/** What requests come from, and when they are worked. */
export interface RequestSetting {
  readonly seed: string;
  readonly today: DayNumber;
  readonly customers: readonly DemoCustomer[];
  readonly staff: readonly DemoStaffMember[];
  readonly calendar: WorkingCalendar;
}

/** Every request of the company, in the order in which they came; worked on until the end of yesterday. */
export function createRequests(setting: RequestSetting): DemoRequest[] {
  const { seed, today, customers } = setting;
  const present = customers.filter(({ deletion }) => deletion === undefined);
  const perDay = Math.max(1, Math.round((requestsPerDay * present.length) / 3_000));
  return Array.from({ length: days }, (_, index) => today - days + index).flatMap((day) => {
    const random = createRandom(seed, 'requests', day);
    const known = present.filter(({ since }) => since < day);
    if (known.length === 0) return [];
    return Array.from({ length: perDay }, () => createRequest(random, setting, day, random.pick(known)));
  });
}

function createRequest(
  random: Random,
  { today, staff, calendar }: RequestSetting,
  day: DayNumber,
  customer: DemoCustomer,
): DemoRequest {
  const matter = random.pick(matters);
  const receivedAt = openingHour(random, day);
  const serving = servingStaff(staff, customer.branch, day).filter(({ until }) => until === undefined);
  const isOpen = random.chance(day >= today - 2 ? 0.75 : 0.02);
  const assignee = (isOpen && random.chance(0.35)) || serving.length === 0 ? undefined : random.pick(serving);
  const after = (minutes: number) => addWorkingTime(calendar, receivedAt, minutes);
  const isOver = (minutes: number) => after(minutes) < startOf(today);
  const answered = random.integer(5, 200);
  const closed = answered + random.integer(30, 900);
  const state: DemoRequestState =
    !assignee || !isOver(answered + 5)
      ? 'new'
      : !isOpen && isOver(closed)
        ? random.chance(0.95)
          ? 'closed'
          : 'cancelled'
        : isOpen && random.chance(0.3)
          ? 'waiting'
          : 'inProgress';
  const hasReply = random.chance(0.9) && state !== 'new';
  const states: { state: DemoRequestState; at: Date }[] = [{ state: 'new', at: receivedAt }];
  if (state !== 'new') states.push({ state: 'inProgress', at: after(answered) });
  if (state === 'waiting') states.push({ state, at: after(answered + 5) });
  if (state === 'closed' || state === 'cancelled') states.push({ state, at: after(closed) });
  const words: DemoWord[] = hasReply ? [{ kind: 'reply', body: matter.reply, at: after(answered) }] : [];
  if (state === 'closed' && random.chance(0.4)) {
    words.push({ kind: 'note', body: '已电话确认，客人没有其他问题。', at: after(closed - 5) });
  }
  return {
    ...{ id: random.uuid(receivedAt), customer, type: matter.type, subject: matter.subject },
    ...{ description: matter.description, assignee, receivedAt, states, words },
    priority: matter.type === 'complaint' ? 3 : random.chance(0.08) ? 4 : 2,
    channel: random.pick(['phone', 'phone', 'wechat', 'in_person', 'online'] as const),
    resolution: state === 'closed' ? matter.resolution : undefined,
  };
}
