import { openingHour, type DayNumber } from '../days.js';
import type { Random } from '../random.js';
import { busynessOf } from './busyness.js';
import type { DemoPurchase } from './purchase.js';

const reasons = [
  '服务不满意，退款',
  '过敏，产品退货',
  '重复收款，退还一笔',
  '套餐未使用部分退款',
  '预约取消',
];

/** About one purchase in eighty is given back, within ten days, in full or by half. */
export function createRefund(
  random: Random,
  bought: DemoPurchase,
  yesterday: DayNumber,
): DemoPurchase | undefined {
  if (!random.chance(0.013)) return undefined;
  const day = bought.day + random.integer(0, 10);
  const lastDay = Math.min(yesterday, bought.staff.until ?? yesterday);
  if (day > lastDay || busynessOf(day) === 0) return undefined;
  const createdAt = day === bought.day ? bought.createdAt : openingHour(random, day);
  const share = random.chance(0.75) ? 1 : 0.5;
  return {
    ...bought,
    id: random.uuid(createdAt),
    amount: -Math.round(bought.amount * share * 100) / 100,
    day,
    createdAt,
    remark: random.pick(reasons),
  };
}
