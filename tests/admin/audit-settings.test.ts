import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/core/i18n.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { TestClient } from '../support/client.js';
import { createSegment } from '../support/factories/segment.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTag } from '../support/factories/tag.js';
import { createTier } from '../support/factories/tier.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let administrator: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  administrator = await product.signIn({ role: 'administrator' });
});
afterAll(() => product.close());

/** What changed by the latest entry about a table. */
async function latestEntry(table: string): Promise<string> {
  const [row] = await product.query(
    z.object({ id: z.string() }),
    `SELECT id::text FROM audit_log WHERE table_name = $1 AND operation <> 'event' ORDER BY audit_log.id DESC LIMIT 1`,
    [table],
  );
  const page = await administrator.page(`/admin/audit-log/${row?.id ?? ''}`);
  return page('[aria-labelledby="changes"]').text().replace(/\s+/g, ' ');
}

const save = (key: string, value: object) =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
    tx.setting.upsert({
      where: { key },
      create: { id: newId(), key, value },
      update: { value },
      select: { id: true },
    }),
  );

describe('R5.3 what is kept as JSON, in the audit log', () => {
  test('the rules of the pool stand part by part, and only what changed', async () => {
    const tierId = await createTier(product.deps, { name: 'Gold' });
    const policy = { isOn: false, warningDays: 7, rules: [], protectsPlanned: true, dailyQuota: null };
    await save('publicPool.policy', policy);
    const rules = [
      { tierId, noContactDays: 1_200, noPurchaseDays: null },
      { tierId: null, noContactDays: null, noPurchaseDays: 90 },
    ];
    await save('publicPool.policy', { ...policy, isOn: true, rules });
    const text = await latestEntry('settings');
    expect(text).toContain('Days without contact: Gold 1,200');
    expect(text).toContain('Days without purchase: everybody else 90');
    expect(text).toMatch(/Take customers into the pool every night ?No ?Yes/);
    expect(text).not.toMatch(/Days of warning|[{}]/);
  });

  test('a list of permissions reads as their names', async () => {
    await save('security.grantedPermissions', ['customers:read', 'tags:manage']);
    const text = await latestEntry('settings');
    expect(text).not.toMatch(/customers:read|[[{]/);
    expect(text).toContain(translator('en')('permissions.tags:manage'));
  });

  test('a setting that nobody described stays as it is', async () => {
    await save('somebody.else', { colour: 'green', warningDays: 3 });
    expect(await latestEntry('settings')).toContain('{"colour":"green","warningDays":3}');
  });

  test('the rules of a segment read as on its page, in the list, the entry and the export', async () => {
    const tagId = await createTag(product.deps, { name: 'VIP' });
    await createSegment(product.deps, {
      createdById: administrator.user.id,
      rules: {
        match: 'all',
        rules: [
          { field: 'city', operator: 'contains', values: ['suzhou'] },
          { match: 'none', rules: [{ field: 'tags', operator: 'hasAnyOf', values: [tagId] }] },
        ],
      },
    });
    const words = 'all of these hold: City: contains “suzhou”; (none of these holds: Tags: VIP)';
    expect(await latestEntry('segments')).toContain(words);
    const csv = String((await administrator.download('/admin/audit-log.csv?table=segments')).body);
    expect(csv).toContain(words);
    const list = await administrator.page('/admin/audit-log?table=segments');
    expect(list('#list').text()).not.toContain('{');
  });

  test('deleting and bringing back a segment is no matter of the recycle bin', async () => {
    const id = await createSegment(product.deps, { createdById: administrator.user.id, name: 'Gone' });
    for (const deletedAt of [new Date(), null]) {
      await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.changed', (tx) =>
        tx.segment.update({ where: { id }, data: { deletedAt }, select: { id: true } }),
      );
    }
    const text = (await administrator.page(`/admin/audit-log?table=segments&record=${id}`))('#list').text();
    expect(text).toMatch(/deleted segment Gone/i);
    expect(text).toMatch(/brought back segment Gone/i);
    expect(text).not.toContain('recycle bin');
  });
});
