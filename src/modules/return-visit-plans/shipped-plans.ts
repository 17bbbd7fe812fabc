import { v7 as newId } from 'uuid';
import type { Transaction } from '../../core/database.js';

export const afterComplaint = { key: 'afterComplaint', name: 'After a complaint' } as const;

const shippedSetting = 'returnVisitPlans.shipped';

/**
 * Makes the plan that every installation starts with: three days after a complaint is closed. Once in the life of an
 * installation, so that it stays deleted when somebody deletes it.
 */
export async function shipReturnVisitPlans(tx: Transaction): Promise<void> {
  if ((await tx.setting.count({ where: { key: shippedSetting } })) > 0) return;
  const type = await tx.requestType.findUnique({ where: { shippedKey: 'complaint' }, select: { id: true } });
  if (type) {
    await tx.returnVisitPlan.createMany({
      data: {
        ...{ id: newId(), name: afterComplaint.name, trigger: 'afterClosing', typeId: type.id, daysAfter: 3 },
        ...{ windowDays: 3, maxAttempts: 3, retryDays: 2, ownerRule: 'customerOwner' },
      },
      skipDuplicates: true,
    });
  }
  await tx.setting.create({ data: { id: newId(), key: shippedSetting, value: [afterComplaint.key] } });
}
