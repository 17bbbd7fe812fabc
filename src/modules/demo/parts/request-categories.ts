import { asDate } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';
import { createRandom } from '../random.js';

/** What customers of the company turn to it for, two levels deep. */
const categories: Readonly<Record<string, readonly string[]>> = {
  美发: ['剪发造型', '染发', '烫发', '头皮护理'],
  美甲美睫: ['美甲', '睫毛嫁接'],
  皮肤护理: ['补水护理', '抗衰护理', '术后护理'],
  医美项目: ['光子嫩肤', '水光护理', '激光脱毛', '过敏反应'],
  预约: ['改约', '取消预约', '等候时间'],
  价格与账单: ['价格咨询', '退款', '发票'],
  会员与储值: ['充值', '积分', '次卡有效期'],
  产品: ['使用方法', '质量问题'],
};

/** Categories in Chinese; where there are some already, they stay alone. */
export const requestCategoriesPart: DemoPart = {
  name: 'request-categories',
  async fill({ tx }, { seed, today }) {
    if ((await tx.requestCategory.count()) > 0) return;
    const random = createRandom(seed, 'request-categories');
    const row = (name: string, position: number, parentId: string | null) => ({
      id: random.uuid(asDate(today)),
      parent_id: parentId,
      name,
      position,
      version: 1,
    });
    const groups = Object.keys(categories).map((name, position) => row(name, position, null));
    await insertRows(tx, 'request_categories', groups);
    await insertRows(
      tx,
      'request_categories',
      groups.flatMap((group) =>
        (categories[group.name] ?? []).map((name, position) => row(name, position, group.id)),
      ),
    );
  },
};
