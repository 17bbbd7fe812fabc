import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Unavailable } from '../../src/core/errors.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { jobDefinitions } from '../../src/jobs.js';
import { assignRequests } from '../../src/modules/assignment/assign-requests.js';
import { assignByHand, releaseRequest, takeRequest } from '../../src/modules/assignment/assignment-steps.js';
import { assignmentQueue } from '../../src/modules/assignment/assignment-queue.js';
import { workOffQueue } from '../../src/modules/assignment/assignment.service.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { assign, createRequests, createStaff, startAfresh, storedRequest } from './requests.js';

/** 100 is the full measure; continuous integration takes fewer. */
const requestCount = Number(process.env['TAKEN_REQUESTS'] ?? 20);
const takerCount = 50;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({ environment: { DATABASE_POOL_SIZE: String(takerCount) } });
});
afterAll(() => product.close());
beforeEach(() => startAfresh(product));

const within = <Result>(work: Parameters<typeof unitOfWork<Result>>[2]): Promise<Result> =>
  unitOfWork({ deps: product.deps, actor: factoryActor }, 'service-requests.assigned', work);

const take = (requestId: string, userId: string, version?: number): Promise<boolean> =>
  within((tx) =>
    takeRequest(tx, {
      requestId,
      userId,
      now: new Date(),
      ...(version !== undefined && { version }),
    }),
  );

/** Whom a busy machine gives no connection in time did not take it either. */
function refusedByLoad(error: unknown): false {
  if (error instanceof Unavailable) return false;
  throw error;
}

describe('R2.2 taking a request', () => {
  test(`of ${takerCount} people at once exactly one gets it, ${requestCount} times`, async () => {
    const takers: string[] = [];
    while (takers.length < takerCount) takers.push((await createUser(product.deps, { role: 'agent' })).id);
    const requests = await createRequests(product, { count: requestCount });
    for (const id of requests) {
      const taken = await Promise.all(takers.map((userId) => take(id, userId).catch(refusedByLoad)));
      const winners = takers.filter((_taker, index) => taken[index]);
      expect(winners).toHaveLength(1);
      expect(await storedRequest(product, id)).toMatchObject({ assignee_id: winners[0], history: ['taken'] });
    }
    console.log(`${requests.length} requests, ${takers.length} takers each: every one has exactly one owner`);
  }, 300_000);

  test('is refused for another version and for what is done; giving back and giving on are noted', async () => {
    const [first, second] = await Promise.all([
      createUser(product.deps, { role: 'agent' }),
      createUser(product.deps, { role: 'agent' }),
    ]);
    const [id = ''] = await createRequests(product);
    const [done = ''] = await createRequests(product, { state: 'closed' });
    expect(await take(id, first.id, 7)).toBe(false);
    expect(await take(done, first.id)).toBe(false);
    expect(await take(id, first.id, 1)).toBe(true);
    const now = new Date();
    const byHand = { requestId: id, assigneeId: second.id, assignedById: first.id, now };
    expect(await within((tx) => assignByHand(tx, byHand))).toBe(true);
    expect(await within((tx) => assignByHand(tx, byHand))).toBe(false);
    const release = { requestId: id, userId: second.id, now };
    expect(await within((tx) => releaseRequest(tx, release))).toBe(true);
    expect(await within((tx) => releaseRequest(tx, release))).toBe(false);
    expect(await storedRequest(product, id)).toMatchObject({
      assignee_id: null,
      history: ['taken', 'byHand', 'released'],
    });
    const told = await product.query(
      z.object({ user_id: z.string() }),
      `SELECT user_id::text FROM notifications WHERE href = $1`,
      [`/service-requests/${id}`],
    );
    expect(told).toEqual([{ user_id: second.id }]);
  });
});

describe('R2.2 assigning at the same time', () => {
  test('nobody gets more than they can have, and nothing is assigned twice', async () => {
    const staff = await Promise.all([3, 5, 7].map((maximumOpen) => createStaff(product, { maximumOpen })));
    const ids = await createRequests(product, { count: 40 });
    await Promise.all([
      ...Array.from({ length: 4 }, () => assign(product, 'waiting')),
      ...Array.from({ length: 4 }, (_item, index) => assign(product, ids.slice(index * 10, index * 10 + 10))),
    ]);
    const rows = await product.query(
      z.object({ assignee_id: z.string(), count: z.number(), history: z.number() }),
      `SELECT assignee_id::text, count(*)::integer,
              sum((SELECT count(*) FROM request_assignments
                   WHERE request_id = service_requests.id AND way = 'automatic'))::integer AS history
       FROM service_requests WHERE assignee_id = ANY($1) GROUP BY 1`,
      [staff],
    );
    const counts = new Map(rows.map((row) => [row.assignee_id, row]));
    expect(staff.map((id) => counts.get(id)?.count)).toEqual([3, 5, 7]);
    expect(rows.reduce((sum, { history }) => sum + history, 0)).toBe(15);
    const left = await Promise.all(ids.map((id) => storedRequest(product, id)));
    const waiting = left.filter(({ assignee_id: assignee }) => assignee === null);
    expect(waiting).toHaveLength(25);
    expect(new Set(waiting.map(({ unassigned_reason: reason }) => reason?.key))).toEqual(
      new Set(['everybodyFull']),
    );
  });

  test('while somebody takes by hand and somebody else changes a request: no deadlock, one owner each', async () => {
    const staff = await createStaff(product, { maximumOpen: 100 });
    const { id: taker } = await createUser(product.deps, { role: 'agent' });
    const ids = await createRequests(product, { count: 30 });
    await Promise.all([
      assign(product, 'waiting'),
      ...ids.slice(0, 10).map((id) => take(id, taker)),
      ...ids.slice(10, 20).map((id) =>
        within(async (tx) => {
          await tx.serviceRequest.update({
            where: { id },
            data: { subject: 'Changed' },
            select: { id: true },
          });
          await tx.$executeRaw`SELECT pg_sleep(0.05)`;
          await assignRequests(tx, [id], new Date());
        }),
      ),
    ]);
    await assign(product, 'waiting');
    for (const id of ids) {
      const { assignee_id: assignee, history } = await storedRequest(product, id);
      expect([staff, taker]).toContain(assignee);
      expect(history).toHaveLength(1);
    }
  });
});

describe('R2.2 the queue', () => {
  test('is worked off when capacity is freed, past requests that nobody can take', async () => {
    const { deps } = product;
    const teamId = await createTeam(deps);
    const [stuck = ''] = await createRequests(product, { count: 210, dueAt: new Date('2026-01-01'), teamId });
    const [waiting = ''] = await createRequests(product, { dueAt: new Date('2026-06-01') });
    const staff = await createStaff(product, { maximumOpen: 1 });
    const [own = ''] = await createRequests(product, { assigneeId: staff });
    expect(await workOffQueue(deps)).toBe(0);
    expect((await storedRequest(product, waiting)).unassigned_reason?.key).toBe('everybodyFull');
    await within(async (tx) => {
      const closed = await tx.requestState.findFirstOrThrow({ where: { shippedKey: 'closed' } });
      const data = { stateId: closed.id, stateCategory: closed.category, closedAt: new Date() };
      await tx.serviceRequest.update({ where: { id: own }, data, select: { id: true } });
    });
    expect(await workOffQueue(deps)).toBe(1);
    expect((await storedRequest(product, waiting)).assignee_id).toBe(staff);
    expect((await storedRequest(product, stuck)).unassigned_reason?.key).toBe('nobodyInTeam');
  });

  test('comes by itself every five minutes', () => {
    const job = jobDefinitions(product.deps).find(({ name }) => name === assignmentQueue);
    expect(job?.schedule).toBe('*/5 * * * *');
  });
});
