import { readCustomFields } from '../../custom-fields/custom-fields.queries.js';
import { refreshSegment } from '../../segments/refresh-segment.js';
import type { SegmentGroup } from '../../segments/rules.js';
import { segmentCatalogue } from '../../segments/segment-catalogue.js';
import { storedRules } from '../../segments/stored-rules.js';
import { asDate } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { createRandom } from '../random.js';

interface DemoSegment {
  readonly name: string;
  readonly description: string;
  readonly rules: SegmentGroup;
}

const segments: readonly DemoSegment[] = [
  {
    name: '两周内过生日',
    description: '未来 14 天内过生日的客户，提前准备祝福和小礼物。',
    rules: { match: 'all', rules: [{ field: 'birthday', operator: 'comesWithinDays', values: ['14'] }] },
  },
  {
    name: '久未到店的高消费客户',
    description: '累计消费 5000 元以上，却超过 90 天没有到店，也没有安排跟进。',
    rules: {
      match: 'all',
      rules: [
        { field: 'totalAmount', operator: 'atLeast', values: ['5000.00'] },
        { field: 'lastPurchaseOn', operator: 'moreThanDaysAgo', values: ['90'] },
        { match: 'none', rules: [{ field: 'nextFollowUpOn', operator: 'isFilled', values: [] }] },
      ],
    },
  },
  {
    name: '本月新客户',
    description: '本月建档的客户。',
    rules: { match: 'all', rules: [{ field: 'createdOn', operator: 'thisMonth', values: [] }] },
  },
];

/** Three segments with those who are in them. Segments that are there already stay alone. */
export const segmentsPart: DemoPart = {
  name: 'segments',
  async fill({ deps, tx }, { seed, today, staff }) {
    const manager = staff.find(({ role }) => role === 'manager');
    if (!manager || (await tx.segment.count()) > 0) return;
    const random = createRandom(seed, 'segments');
    const catalogue = segmentCatalogue(await readCustomFields({ deps }));
    for (const { name, description, rules } of segments) {
      const id = random.uuid(asDate(today));
      const data = { id, name, description, rules: storedRules(rules), createdById: manager.id };
      await tx.segment.create({ data });
      await refreshSegment(tx, { deps, actor: { id: null, name: 'demo' } }, id, catalogue);
    }
  },
};
