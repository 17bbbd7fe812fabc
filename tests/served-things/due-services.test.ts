import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jobDefinitions, queueNames } from '../../src/jobs.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { dueAfterService, followUpDay } from '../../src/modules/served-things/due-day.js';
import { dueServicesQueue, planDueServices } from '../../src/modules/served-things/due-services.service.js';
import type { TestClient } from '../support/client.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createThing, createThingKind, type ThingOptions } from '../support/factories/served-thing.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let current: TestProduct | undefined;
let manager: TestClient;
beforeEach(async () => {
  await current?.close();
  current = await startTestProduct();
  current.setNow(new Date('2026-11-20T04:00:00Z'));
  manager = await current.signIn({ role: 'manager' });
});
afterAll(() => current?.close());

function running(): TestProduct {
  if (!current) throw new Error('not started');
  return current;
}

const FollowUp = z.object({
  due_on: z.string(),
  action: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  owner_id: z.string(),
});

const followUps = () =>
  running().query(
    FollowUp,
    'SELECT due_on::text, action, state, reason, owner_id::text FROM follow_ups ORDER BY created_at, id',
  );

const kind = () => createThingKind(running().deps, { serviceIntervalDays: 100, leadDays: 7 });

/** A thing of a customer of the manager, due within the lead days. */
async function dueThing(options: Partial<ThingOptions> = {}): Promise<string> {
  const { deps } = running();
  const { id: customerId } = await createCustomer(deps, { ownerId: manager.user.id });
  const kindId = options.kindId ?? (await kind());
  return createThing(deps, { customerId, name: 'Golf', nextDueOn: '2026-11-24', ...options, kindId });
}

const edit = (thingId: string, kindId: string, nextDueOn: string, version: number) =>
  manager.post(`/served-things/${thingId}`, { kindId, name: 'Golf', nextDueOn, version: `${version}` });

describe('R1.14 days', () => {
  const day = fc
    .integer({ min: 0, max: 40_000 })
    .map((number) => new Date(Date.UTC(1990, 0, 1 + number)).toISOString().slice(0, 10));

  test('the next service is due so many days after one; a follow-up is never planned for the past', () => {
    const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 3_650 }), (servedOn, interval) => {
        expect(daysBetween(servedOn, dueAfterService(servedOn, interval) ?? '')).toBe(interval);
      }),
    );
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 90 }), (dueOn, today, lead) => {
        const planned = followUpDay(dueOn, lead, today);
        expect(planned >= today).toBe(true);
        if (planned > today) expect(daysBetween(planned, dueOn)).toBe(lead);
      }),
    );
    expect(dueAfterService(null, 10)).toBeNull();
    expect(dueAfterService('2026-01-01', null)).toBeNull();
  });
});

describe('R1.14 the follow-up for a service that falls due', () => {
  test('is planned for the owner, lead days ahead or today, in their language, once', async () => {
    const { deps } = running();
    const kindId = await kind();
    await dueThing({ kindId, identifier: 'HH-1', nextDueOn: '2026-11-27' });
    await dueThing({ kindId, name: 'Late', nextDueOn: '2026-10-01' });
    await dueThing({ kindId, name: 'Later', nextDueOn: '2026-11-28' });
    await dueThing({ kindId, name: 'Sold', archivedAt: new Date() });
    const chinese = await createUser(deps, { role: 'agent', locale: 'zh-CN' });
    const { id: customerId } = await createCustomer(deps, { ownerId: chinese.id });
    await createThing(deps, { customerId, kindId, name: '豆豆', nextDueOn: '2026-11-26' });
    expect(await planDueServices(deps)).toBe(3);
    const found = await followUps();
    expect(found.map(({ action, due_on: day }) => [action, day]).sort()).toEqual([
      ['Service due for Golf (HH-1) on Nov 27, 2026', '2026-11-20'],
      ['Service due for Late on Oct 1, 2026', '2026-11-20'],
      ['豆豆的服务将于2026年11月26日到期', '2026-11-20'],
    ]);
    expect(await planDueServices(deps)).toBe(0);
    expect(await followUps()).toHaveLength(3);
    running().setNow(new Date('2026-11-21T04:00:00Z'));
    expect(await planDueServices(deps)).toBe(1);
    expect((await followUps()).at(-1)).toMatchObject({ due_on: '2026-11-21', owner_id: manager.user.id });
    const audit = await running().query(
      z.object({ count: z.number() }),
      `SELECT count(*)::integer FROM audit_log WHERE action = 'served-things.follow-ups-planned'`,
    );
    expect(audit).toEqual([{ count: 4 }]);
  });

  test('two processes at once plan once', async () => {
    await dueThing();
    await Promise.all([1, 2, 3].map(() => planDueServices(running().deps)));
    expect(await followUps()).toHaveLength(1);
  });

  test('more than a batch is planned by one run', async () => {
    const { deps } = running();
    const kindId = await kind();
    const { id: customerId } = await createCustomer(deps, { ownerId: manager.user.id });
    const nextDueOn = new Date('2026-11-22T00:00:00Z');
    const data = Array.from({ length: 501 }, () => ({
      id: newId(),
      customerId,
      kindId,
      name: 'Unit',
      nextDueOn,
    }));
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.servedThing.createMany({ data }),
    );
    expect(await planDueServices(deps)).toBe(501);
  });

  test('needs an owner who works on follow-ups; the list shows the thing all the same', async () => {
    const { deps } = running();
    const kindId = await kind();
    const reader = await createUser(deps, { grants: { 'customers:read': 'all' } });
    const gone = await createUser(deps, { role: 'agent' });
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() }, select: { id: true } }),
    );
    for (const ownerId of [undefined, reader.id, gone.id]) {
      const { id: customerId } = await createCustomer(deps, ownerId === undefined ? {} : { ownerId });
      await createThing(deps, { customerId, kindId, nextDueOn: '2026-11-19' });
    }
    expect(await planDueServices(deps)).toBe(0);
    expect((await manager.page('/served-things?state=overdue'))('tbody tr')).toHaveLength(3);
  });

  test('is cancelled when the day moves, and planned for the new one; back again, it is planned anew', async () => {
    const { deps } = running();
    const kindId = await kind();
    const thingId = await dueThing({ kindId });
    await planDueServices(deps);
    expect((await edit(thingId, kindId, '2026-11-25', 1)).status).toBe(303);
    expect(await followUps()).toMatchObject([{ state: 'cancelled', reason: 'The due day was moved.' }]);
    expect(await planDueServices(deps)).toBe(1);
    expect((await edit(thingId, kindId, '2026-11-24', 2)).status).toBe(303);
    expect(await planDueServices(deps)).toBe(1);
    expect((await followUps()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'open']);
    expect((await edit(thingId, kindId, '2026-11-24', 3)).status).toBe(303);
    expect(await planDueServices(deps)).toBe(0);
  });

  test('one that somebody cancelled stays so while the day stays', async () => {
    const { deps } = running();
    await dueThing();
    await planDueServices(deps);
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
      tx.followUp.updateMany({ data: { state: 'cancelled', reason: 'Not wanted', finishedAt: new Date() } }),
    );
    expect(await planDueServices(deps)).toBe(0);
  });

  test('is done when the service is', async () => {
    const { deps } = running();
    const thingId = await dueThing();
    await planDueServices(deps);
    const form = { id: newId(), servedOn: '2026-11-20', work: 'Oil' };
    expect((await manager.post(`/served-things/${thingId}/services`, form)).status).toBe(303);
    expect(await followUps()).toMatchObject([{ state: 'done' }]);
    expect(await planDueServices(deps)).toBe(0);
  });

  test('goes with a thing that is archived or deleted, and comes back with it', async () => {
    const { deps } = running();
    const thingId = await dueThing();
    await planDueServices(deps);
    await manager.post(`/served-things/${thingId}/archival`);
    expect(await followUps()).toMatchObject([{ state: 'cancelled', reason: 'The thing is out of use.' }]);
    await manager.post(`/served-things/${thingId}/archival/removal`);
    expect(await planDueServices(deps)).toBe(1);
    const version = (await manager.page(`/served-things/${thingId}/deletion`))('input[name="version"]').attr(
      'value',
    );
    await manager.post(`/served-things/${thingId}/deletion`, { version: version ?? '' });
    expect((await followUps()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    const undo = (await manager.page('/recent-actions'))('form[action$="/undo"]').first().attr('action');
    expect((await manager.post(undo ?? '')).status).toBe(303);
    expect((await followUps()).map(({ state }) => state)).toEqual(['cancelled', 'open']);
  });

  test('is planned every night', async () => {
    const { deps } = running();
    const job = jobDefinitions(deps).find(({ name }) => name === dueServicesQueue);
    expect(job?.schedule).toBe('20 0 * * *');
    expect(queueNames).toContain(dueServicesQueue);
    await dueThing();
    await job?.run({});
    expect(await followUps()).toHaveLength(1);
  });
});
