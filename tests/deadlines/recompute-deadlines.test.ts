import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { createCustomer } from '../support/factories/customer.js';
import { createDeadlinePolicy } from '../support/factories/deadline-policy.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createCustomerTier, createTier } from '../support/factories/tier.js';
import { createWorkingCalendar } from '../support/factories/working-calendar.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { calendarOf, workdays } from '../working-time/calendars.js';
import {
  createCountedRequest,
  createLifecycle,
  moveRequest,
  recompute,
  storedDeadlines,
  type Lifecycle,
  type RequestFacts,
} from './counted-request.js';

let product: TestProduct;
let lifecycle: Lifecycle;
beforeAll(async () => {
  product = await startTestProduct();
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.removed', (tx) =>
    tx.deadlinePolicy.deleteMany(),
  );
  lifecycle = await createLifecycle(product);
});
afterAll(() => product.close());

/** Shanghai is eight hours ahead. */
const shanghai = (text: string): string => `${text.replace(' ', 'T')}:00+08:00`;
const lunch = workdays('9:00-12:00 13:00-18:00');

/** National Day is on Thursday 1 October 2026; work is made up on Saturday 10 October. */
const calendar = calendarOf('Asia/Shanghai', lunch, {
  '2026-10-01': '',
  '2026-10-10': '9:00-12:00 13:00-18:00',
});

interface Case extends Omit<RequestFacts, 'received'> {
  readonly name: string;
  readonly received: string;
  /** Working minutes to resolution. */
  readonly target: number;
  readonly due: string | null;
}

/** A week from Monday 21 September 2026. */
const cases: readonly Case[] = [
  { name: 'within hours', received: '2026-09-21 10:00', target: 60, due: '2026-09-21 11:00' },
  { name: 'received before opening', received: '2026-09-21 06:00', target: 60, due: '2026-09-21 10:00' },
  {
    name: 'received after closing on Friday',
    received: '2026-09-25 19:30',
    target: 60,
    due: '2026-09-28 10:00',
  },
  { name: 'over the lunch break', received: '2026-09-21 11:30', target: 60, due: '2026-09-21 13:30' },
  { name: 'up to the lunch break', received: '2026-09-21 11:00', target: 60, due: '2026-09-21 12:00' },
  { name: 'over a weekend', received: '2026-09-25 17:00', target: 120, due: '2026-09-28 10:00' },
  { name: 'over a holiday', received: '2026-09-30 17:00', target: 120, due: '2026-10-02 10:00' },
  { name: 'on a make-up Saturday', received: '2026-10-09 17:00', target: 120, due: '2026-10-10 10:00' },
  {
    name: 'with a pause over a weekend',
    received: '2026-09-25 16:00',
    target: 180,
    states: [
      ['2026-09-25 17:00', 'waiting'],
      ['2026-09-28 10:00', 'open'],
    ],
    due: '2026-09-28 12:00',
  },
  {
    name: 'while it waits for the customer',
    received: '2026-09-21 10:00',
    target: 60,
    states: [['2026-09-21 10:30', 'waiting']],
    due: null,
  },
  {
    name: 'missed before it began to wait',
    received: '2026-09-21 10:00',
    target: 60,
    states: [['2026-09-21 11:30', 'waiting']],
    due: '2026-09-21 11:00',
  },
  {
    name: 'opened again: no time is given back',
    received: '2026-09-21 10:00',
    target: 120,
    states: [
      ['2026-09-21 10:30', 'done'],
      ['2026-09-22 15:00', 'open'],
    ],
    due: '2026-09-21 12:00',
  },
];

describe('R2.4 deadlines, case by case', () => {
  test.each(cases)('R2.4 $name', async ({ received, target, states = [], due }) => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const typeLifecycle = await createLifecycle(product);
    await createDeadlinePolicy(product.deps, {
      ...{ calendarId, typeId: typeLifecycle.typeId, firstResponseMinutes: null, updateMinutes: null },
      resolutionMinutes: target,
    });
    const id = await createCountedRequest(product, typeLifecycle, {
      received: shanghai(received),
      states: states.map(([at, category]) => [shanghai(at), category] as const),
    });
    await recompute(product, [id], shanghai(received));
    const stored = await storedDeadlines(product, id);
    expect(stored.resolution_due_at).toEqual(due === null ? null : new Date(shanghai(due)));
    expect(stored.next_due_at).toEqual(stored.resolution_due_at);
  });

  test('R2.4 summer time: an hour that is skipped is not worked, one shown twice counts twice', async () => {
    const typeLifecycle = await createLifecycle(product);
    const berlin = calendarOf('Europe/Berlin', { saturday: '22:00-24:00', sunday: '0:00-6:00' });
    await createDeadlinePolicy(product.deps, {
      ...{ calendarId: await createWorkingCalendar(product.deps, berlin), typeId: typeLifecycle.typeId },
      ...{ firstResponseMinutes: null, updateMinutes: null, resolutionMinutes: 300 },
    });
    const due = async (received: string) => {
      const id = await createCountedRequest(product, typeLifecycle, { received });
      await recompute(product, [id], received);
      return (await storedDeadlines(product, id)).resolution_due_at;
    };
    expect(await due('2026-03-29T00:00:00+01:00')).toEqual(new Date('2026-03-29T06:00:00+02:00'));
    expect(await due('2026-10-25T00:00:00+02:00')).toEqual(new Date('2026-10-25T04:00:00+01:00'));
  });

  test('R2.4 a changed policy is counted from the beginning', async () => {
    const typeLifecycle = await createLifecycle(product);
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const { typeId } = typeLifecycle;
    const policyId = await createDeadlinePolicy(product.deps, { calendarId, typeId });
    const id = await createCountedRequest(product, typeLifecycle, { received: shanghai('2026-09-21 10:00') });
    await recompute(product, [id], shanghai('2026-09-21 10:00'));
    const before = await storedDeadlines(product, id);
    expect(before).toMatchObject({
      policy_id: policyId,
      first_response_due_at: new Date(shanghai('2026-09-21 11:00')),
      resolution_due_at: new Date(shanghai('2026-09-22 10:00')),
      next_due_kind: 'firstResponse',
      next_warning_at: new Date(shanghai('2026-09-21 10:30')),
      deadline_basis: {
        ...{ calendarId, calendarVersion: 1, warningMinutes: 30 },
        targets: { firstResponse: 60, update: 240, resolution: 480 },
      },
    });
    const urgent = await createDeadlinePolicy(product.deps, {
      ...{ calendarId, typeId, priority: 2, firstResponseMinutes: 30, warningMinutes: 0 },
    });
    await recompute(product, [id], shanghai('2026-09-21 16:00'));
    expect(await storedDeadlines(product, id)).toMatchObject({
      policy_id: urgent,
      first_response_due_at: new Date(shanghai('2026-09-21 10:30')),
      next_due_at: new Date(shanghai('2026-09-21 10:30')),
      next_warning_at: new Date(shanghai('2026-09-21 10:30')),
    });
  });

  test('R2.4 a request that stays as it is is not written again', async () => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const typeLifecycle = await createLifecycle(product);
    await createDeadlinePolicy(product.deps, { calendarId, typeId: typeLifecycle.typeId });
    const id = await createCountedRequest(product, typeLifecycle, { received: shanghai('2026-09-21 10:00') });
    await recompute(product, [id], shanghai('2026-09-21 10:00'));
    const { version } = await storedDeadlines(product, id);
    await recompute(product, [id], shanghai('2026-09-21 17:00'));
    expect(await storedDeadlines(product, id)).toMatchObject({ version });
    const audited = await product.query(
      z.object({ n: z.number() }),
      "SELECT count(*)::integer AS n FROM audit_log WHERE table_name = 'service_requests' AND record_id = $1 AND operation = 'update'",
      [id],
    );
    expect(audited).toEqual([{ n: 1 }]);
  });

  test('R2.4 closing judges, reopening takes it back, and closing anew judges anew', async () => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const typeLifecycle = await createLifecycle(product);
    await createDeadlinePolicy(product.deps, { calendarId, typeId: typeLifecycle.typeId });
    const id = await createCountedRequest(product, typeLifecycle, { received: shanghai('2026-09-21 10:00') });
    const move = async (at: string, category: 'open' | 'done') => {
      await moveRequest(product, typeLifecycle, id, [shanghai(at), category]);
      await recompute(product, [id], shanghai(at));
      return storedDeadlines(product, id);
    };
    expect(await move('2026-09-21 10:45', 'done')).toMatchObject({
      ...{ response_minutes: 45, responded_in_time: true, resolution_minutes: 45, resolved_in_time: true },
      ...{ next_due_at: null, next_due_kind: null, next_warning_at: null },
    });
    expect(await move('2026-09-22 14:00', 'open')).toMatchObject({
      ...{ response_minutes: 45, responded_in_time: true, resolution_minutes: null, resolved_in_time: null },
      ...{ next_due_at: new Date(shanghai('2026-09-22 10:00')), next_due_kind: 'resolution' },
    });
    expect(await move('2026-09-22 15:00', 'done')).toMatchObject({
      ...{ response_minutes: 45, responded_in_time: true, resolution_minutes: 720, resolved_in_time: false },
    });
  });

  test('R2.4 what is finished keeps what it was judged by', async () => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const typeLifecycle = await createLifecycle(product);
    const { typeId } = typeLifecycle;
    const policyId = await createDeadlinePolicy(product.deps, { calendarId, typeId });
    const id = await createCountedRequest(product, typeLifecycle, {
      ...{ received: shanghai('2026-09-21 10:00'), states: [[shanghai('2026-09-21 11:30'), 'done']] },
    });
    await recompute(product, [id], shanghai('2026-09-21 11:30'));
    await createDeadlinePolicy(product.deps, { calendarId, typeId, priority: 2, firstResponseMinutes: 600 });
    await recompute(product, [id], shanghai('2026-09-24 11:30'));
    expect(await storedDeadlines(product, id)).toMatchObject({
      policy_id: policyId,
      responded_in_time: false,
    });
  });

  test('R2.4 the tier of the customer chooses the policy; without one there are no deadlines', async () => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const gold = await createTier(product.deps);
    const typeLifecycle = await createLifecycle(product);
    const { typeId } = typeLifecycle;
    const customer = await createCustomer(product.deps);
    const received = shanghai('2026-09-21 10:00');
    const id = await createCountedRequest(product, typeLifecycle, { received, customerId: customer.id });
    await recompute(product, [id], received);
    expect(await storedDeadlines(product, id)).toMatchObject({ policy_id: null, deadline_basis: null });
    await createDeadlinePolicy(product.deps, { calendarId, typeId });
    const ofGold = await createDeadlinePolicy(product.deps, { calendarId, typeId, tierId: gold });
    await createCustomerTier(product.deps, {
      customerId: customer.id,
      override: { tierId: gold, reason: 'Founder', until: '2026-09-22' },
    });
    await recompute(product, [id], received);
    expect(await storedDeadlines(product, id)).toMatchObject({ policy_id: ofGold });
    await recompute(product, [id], shanghai('2026-09-23 10:00'));
    expect((await storedDeadlines(product, id)).policy_id).not.toBe(ofGold);
  });

  test('R2.4 an imported request keeps the times of its file and has no deadlines', async () => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const typeLifecycle = await createLifecycle(product);
    await createDeadlinePolicy(product.deps, { calendarId, typeId: typeLifecycle.typeId });
    const id = await createCountedRequest(product, typeLifecycle, {
      ...{ received: shanghai('2026-09-21 10:00'), sourceNo: 'A-17' },
    });
    await recompute(product, [id], shanghai('2026-09-21 10:00'));
    expect(await storedDeadlines(product, id)).toMatchObject({
      policy_id: null,
      next_due_at: null,
      version: 1,
    });
  });

  test('R2.4 a changed calendar is seen at once', async () => {
    const calendarId = await createWorkingCalendar(product.deps, calendar);
    const typeLifecycle = await createLifecycle(product);
    await createDeadlinePolicy(product.deps, { calendarId, typeId: typeLifecycle.typeId });
    const received = shanghai('2026-09-21 17:30');
    const id = await createCountedRequest(product, typeLifecycle, { received });
    await recompute(product, [id], received);
    await product.query(
      z.object({}),
      `SELECT set_config('audit.actor_name', 'test', false), set_config('audit.action', 'test.changed', false)`,
    );
    await product.query(
      z.object({}),
      `UPDATE working_calendars SET weekly = jsonb_set(weekly, '{tuesday}', '[]') WHERE id = $1`,
      [calendarId],
    );
    await recompute(product, [id], received);
    expect(await storedDeadlines(product, id)).toMatchObject({
      first_response_due_at: new Date(shanghai('2026-09-23 09:30')),
      deadline_basis: { calendarVersion: 2 },
    });
  });

  test('R2.4 five hundred requests are counted in one go, and no more are taken', async () => {
    const ids = Array.from({ length: 501 }, () => '00000000-0000-7000-8000-000000000000');
    await expect(recompute(product, ids, '2026-09-21T00:00:00Z')).rejects.toThrow(RangeError);
    await recompute(product, [], '2026-09-21T00:00:00Z');
    expect(lifecycle.typeId).not.toBe('');
  });
});
