import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { ReadModels, Transaction } from '../../core/database.js';

/** What an installation remembers about its demo: enough to make the same company again. */
const DemoRecord = z.strictObject({
  seed: z.string(),
  scale: z.number().positive(),
  /** `yyyy-mm-dd` */
  createdOn: z.string(),
  administratorId: z.uuid(),
  /** The parts that are filled in. */
  parts: z.array(z.string()),
});

export type DemoRecord = z.infer<typeof DemoRecord>;

const key = 'demo.company';

/** The record, or undefined where no demo was begun. */
export async function readDemoRecord(models: Pick<ReadModels, 'setting'>): Promise<DemoRecord | undefined> {
  const stored = await models.setting.findUnique({ where: { key }, select: { value: true } });
  return stored ? DemoRecord.parse(stored.value) : undefined;
}

export async function createDemoRecord(tx: Transaction, record: DemoRecord): Promise<void> {
  await tx.setting.create({ data: { id: newId(), key, value: record } });
}

export async function updateDemoRecord(tx: Transaction, record: DemoRecord): Promise<void> {
  await tx.setting.update({ where: { key }, data: { value: record } });
}
