import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Unavailable } from '../../src/core/errors.js';
import { unitOfWork, type Actor } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({ environment: { DATABASE_POOL_SIZE: '4' } });
});
afterAll(() => product.close());

const context = (actor: Actor = factoryActor) => ({ deps: product.deps, actor });

async function createBranch(name: string): Promise<string> {
  const id = newId();
  await unitOfWork(context(), 'test.prepared', (tx) => tx.branch.create({ data: { id, name } }));
  return id;
}

const Logged = z.object({
  actor_id: z.string().nullable(),
  actor_name: z.string(),
  acting_for_id: z.string().nullable(),
  action: z.string(),
  request_id: z.string().nullable(),
  address: z.string().nullable(),
  undoable_action_id: z.string().nullable(),
});

const logOf = (id: string, action: string) =>
  product.query(
    Logged,
    `SELECT actor_id, actor_name, acting_for_id, action, request_id, address, undoable_action_id
     FROM audit_log WHERE record_id = $1 AND action = $2`,
    [id, action],
  );

describe('R5.3 attribution', () => {
  test('everything known about a change stands in the log', async () => {
    const actor = await createUser(product.deps);
    const actingForId = newId();
    const undoableActionId = newId();
    const id = await createBranch('North');
    const doer = { id: actor.id, name: "O'Brien", actingForId, requestId: 'request-1', address: '10.1.2.3' };
    await unitOfWork(
      context(doer),
      'branches.renamed',
      (tx) => tx.branch.update({ where: { id }, data: { name: 'Far north' } }),
      { undoableActionId },
    );
    expect(await logOf(id, 'branches.renamed')).toEqual([
      {
        actor_id: actor.id,
        actor_name: "O'Brien",
        acting_for_id: actingForId,
        action: 'branches.renamed',
        request_id: 'request-1',
        address: '10.1.2.3',
        undoable_action_id: undoableActionId,
      },
    ]);
  });

  test('what is left out of one unit of work does not come from the one before on the same connection', async () => {
    const id = await createBranch('South');
    const rename = (name: string, actor: Actor) =>
      unitOfWork(context(actor), 'branches.renamed', (tx) =>
        tx.branch.update({ where: { id }, data: { name } }),
      );
    await rename('Far south', { id: newId(), name: 'first', requestId: 'request-2', address: '10.0.0.1' });
    for (let time = 0; time < 8; time += 1) await rename(`South ${time}`, { id: null, name: 'second' });
    const later = (await logOf(id, 'branches.renamed')).filter(({ actor_name }) => actor_name === 'second');
    expect(later).toHaveLength(8);
    expect(
      later.every((row) => row.actor_id === null && row.request_id === null && row.address === null),
    ).toBe(true);
  });

  test('work that fails leaves neither a change nor a line in the log', async () => {
    const id = newId();
    const attempt = unitOfWork(context(), 'branches.created', async (tx) => {
      await tx.branch.create({ data: { id, name: 'Never' } });
      throw new Error('after the insert');
    });
    await expect(attempt).rejects.toThrow('after the insert');
    expect(await product.deps.database.models.branch.count({ where: { id } })).toBe(0);
    expect(await logOf(id, 'branches.created')).toEqual([]);
  });
});

describe('conflicts', () => {
  test('two units of work in each other’s way both succeed in the end', async () => {
    const ids = [await createBranch('East'), await createBranch('West')] as const;
    let attempts = 0;
    const reversed = [ids[1], ids[0]] as const;
    const touch = ([first, second]: readonly [string, string], name: string) =>
      unitOfWork(context(), 'branches.renamed', async (tx) => {
        attempts += 1;
        await tx.branch.update({ where: { id: first }, data: { name: `${name} 1` } });
        await new Promise((resolve) => setTimeout(resolve, 100));
        await tx.branch.update({ where: { id: second }, data: { name: `${name} 2` } });
      });
    await Promise.all([touch(ids, 'A'), touch(reversed, 'B')]);
    expect(attempts).toBeGreaterThan(2);
    const names = await product.deps.database.models.branch.findMany({
      where: { id: { in: [...ids] } },
      orderBy: { name: 'asc' },
    });
    expect([
      ['A 1', 'A 2'],
      ['B 1', 'B 2'],
    ]).toContainEqual(names.map(({ name }) => name));
  });

  test.each(['40001', '40P01'])(
    'a conflict that never ends (%s) is given up after four attempts',
    async (code) => {
      let attempts = 0;
      const attempt = unitOfWork(context(), 'test.conflicted', async (tx) => {
        attempts += 1;
        await tx.$executeRawUnsafe(
          `DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '${code}'; END $$`,
        );
      });
      await expect(attempt).rejects.toThrow();
      expect(attempts).toBe(4);
    },
  );

  test('any other failure is not tried again', async () => {
    let attempts = 0;
    const attempt = unitOfWork(context(), 'test.failed', async (tx) => {
      attempts += 1;
      await tx.$executeRawUnsafe('SELECT 1 / 0');
    });
    await expect(attempt).rejects.toThrow();
    expect(attempts).toBe(1);
  });
});

test('R6.2 without a free connection the work is refused as unavailable, in time, and works again afterwards', async () => {
  const { pool } = product.deps.database;
  const held = await Promise.all(Array.from({ length: 4 }, () => pool.connect()));
  const attempt = unitOfWork(context(), 'branches.created', (tx) =>
    tx.branch.create({ data: { id: newId(), name: 'Late' } }),
  );
  await expect(attempt).rejects.toBeInstanceOf(Unavailable);
  for (const connection of held) connection.release();
  await createBranch('In time');
});
