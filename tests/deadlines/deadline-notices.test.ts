import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { maskEmail } from '../../src/core/mask.js';
import { giveDeadlineNotices } from '../../src/modules/deadlines/deadline-notices.service.js';
import { createDeadlinePolicy } from '../support/factories/deadline-policy.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { createWorkingCalendar } from '../support/factories/working-calendar.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import {
  createCountedRequest,
  createLifecycle,
  moveRequest,
  recompute,
  storedDeadlines,
} from './counted-request.js';

/** A Monday; offices are open from nine to six. */
const at = (time: string): string => `2026-09-21T${time}:00+08:00`;

let product: TestProduct;
let calendarId: string;
beforeAll(async () => {
  product = await startTestProduct();
  calendarId = await createWorkingCalendar(product.deps);
});
afterAll(() => product.close());

/** Nothing is left to tell of what earlier tests opened. */
beforeEach(async () => {
  await run('23:59');
});

/** A type of its own with a policy: an hour to respond, a warning half an hour before. */
async function setUp(escalationUserIds: string[] = []) {
  const lifecycle = await createLifecycle(product);
  await createDeadlinePolicy(product.deps, {
    ...{ calendarId, typeId: lifecycle.typeId, updateMinutes: null, escalationUserIds },
    ...{ firstResponseMinutes: 60, resolutionMinutes: 120 },
  });
  const assignee = await createUser(product.deps, { role: 'agent' });
  const open = async (assigneeId?: string) => {
    const id = await createCountedRequest(product, lifecycle, {
      received: at('10:00'),
      ...(assigneeId !== undefined && { assigneeId }),
    });
    await recompute(product, [id], at('10:00'));
    return id;
  };
  return { lifecycle, assignee, open };
}

const run = (time: string): Promise<number> => {
  product.setNow(new Date(at(time)));
  return giveDeadlineNotices(product.deps);
};

const Line = z.object({ user_id: z.string(), kind: z.string() });
const linesAbout = (requestId: string) =>
  product.query(
    Line,
    `SELECT user_id::text, kind FROM notifications WHERE href = $1 ORDER BY created_at, kind, user_id`,
    [`/service-requests/${requestId}`],
  );
const mailsTo = (email: string) =>
  product.query(
    z.object({ subject: z.string() }),
    'SELECT subject FROM outbox_messages WHERE recipient_masked = $1 ORDER BY created_at',
    [maskEmail(email)],
  );

describe('R2.4 notices of deadlines', () => {
  test('R2.4 the assignee is warned once; when it is missed, they and those who supervise are told once', async () => {
    const { assignee, open } = await setUp();
    const id = await open(assignee.id);
    expect(await run('10:29')).toBe(0);
    expect(await run('10:30')).toBe(1);
    expect(await run('10:31')).toBe(0);
    expect(await linesAbout(id)).toEqual([{ user_id: assignee.id, kind: 'firstResponseDueSoon' }]);
    expect(await storedDeadlines(product, id)).toMatchObject({
      next_warning_at: new Date(at('11:00')),
      version: 2,
    });
    const manager = await createUser(product.deps, { role: 'manager' });
    expect(await run('11:05')).toBe(1);
    const lines = (await linesAbout(id)).filter(({ kind }) => kind === 'firstResponseMissed');
    expect(lines.map((line) => line.user_id)).toEqual(expect.arrayContaining([assignee.id, manager.id]));
    const { length } = await linesAbout(id);
    expect(await run('11:10')).toBe(0);
    expect(await linesAbout(id)).toHaveLength(length);
  });

  test('R2.4 what nobody has is told to those who supervise it, and only as far as they see', async () => {
    const teamId = await createTeam(product.deps, {});
    const near = await createUser(product.deps, {
      ...{ teamIds: [teamId], grants: { 'service-requests:supervise': 'team' } },
    });
    const far = await createUser(product.deps, { grants: { 'service-requests:supervise': 'team' } });
    const { lifecycle } = await setUp();
    const id = await createCountedRequest(product, lifecycle, { received: at('10:00'), teamId });
    await recompute(product, [id], at('10:00'));
    await run('10:40');
    const told = (await linesAbout(id)).map((line) => line.user_id);
    expect(told).toContain(near.id);
    expect(told).not.toContain(far.id);
  });

  test('R2.4 a policy with people tells them instead of those who supervise', async () => {
    const boss = await createUser(product.deps, { role: 'auditor' });
    const { assignee, open } = await setUp([boss.id]);
    const id = await open(assignee.id);
    await run('11:01');
    expect(await linesAbout(id)).toHaveLength(2);
    expect((await linesAbout(id)).map((line) => line.user_id)).toEqual(
      expect.arrayContaining([assignee.id, boss.id]),
    );
  });

  test('R2.4 several missed while nothing ran: one notice each, and one e-mail to each person', async () => {
    const { open } = await setUp();
    const assignee = await createUser(product.deps, { role: 'agent', email: 'missed@example.com' });
    const ids = [await open(assignee.id), await open(assignee.id)];
    expect(await run('17:00')).toBe(4);
    for (const id of ids) {
      const mine = (await linesAbout(id)).filter((line) => line.user_id === assignee.id);
      expect(mine.map(({ kind }) => kind).toSorted()).toEqual(['firstResponseMissed', 'resolutionMissed']);
      expect(await storedDeadlines(product, id)).toMatchObject({ next_warning_at: null });
    }
    expect(await run('17:05')).toBe(0);
    expect(await mailsTo('missed@example.com')).toEqual([{ subject: '4 deadlines were missed' }]);
  });

  test('R2.4 what is done, or waits for the customer meanwhile, gets none', async () => {
    const { assignee, lifecycle, open } = await setUp();
    const [done, waiting] = [await open(assignee.id), await open(assignee.id)];
    await moveRequest(product, lifecycle, done, [at('11:01'), 'done']);
    await moveRequest(product, lifecycle, waiting, [at('11:01'), 'waiting']);
    await recompute(product, [done, waiting], at('11:01'));
    expect(await run('11:05')).toBe(0);
    await moveRequest(product, lifecycle, waiting, [at('11:20'), 'open']);
    await recompute(product, [waiting], at('11:20'));
    expect(await run('11:25')).toBe(1);
  });

  test('R2.4 two workers at once give each notice once', async () => {
    const { assignee, open } = await setUp();
    const ids: string[] = [];
    for (let place = 0; place < 12; place += 1) ids.push(await open(assignee.id));
    product.setNow(new Date(at('11:30')));
    const counts = await Promise.all(Array.from({ length: 4 }, () => giveDeadlineNotices(product.deps)));
    const rest = await giveDeadlineNotices(product.deps);
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(24);
    for (const id of ids) {
      const mine = (await linesAbout(id)).filter((line) => line.user_id === assignee.id);
      expect(mine.map(({ kind }) => kind).toSorted()).toEqual(['firstResponseMissed', 'resolutionDueSoon']);
    }
  });

  test('R2.4 a run that dies leaves nothing half done, and the next one does it', async () => {
    const { assignee, open } = await setUp();
    const id = await open(assignee.id);
    product.setNow(new Date(at('10:45')));
    const failing = {
      ...product.deps,
      cipher: {
        ...product.deps.cipher,
        encrypt: () => {
          throw new Error('killed');
        },
      },
    };
    const withAddress = await createUser(product.deps, { role: 'agent', email: 'due@example.com' });
    const mine = await open(withAddress.id);
    await expect(giveDeadlineNotices(failing)).rejects.toThrow('killed');
    expect(await linesAbout(id)).toEqual([]);
    expect(await run('10:46')).toBe(2);
    expect(await linesAbout(mine)).toHaveLength(1);
    expect(await mailsTo('due@example.com')).toContainEqual({ subject: '1 deadline comes near' });
    expect(await run('10:47')).toBe(0);
  });

  test('R2.4 a deadline that moves is told anew', async () => {
    const { assignee, lifecycle, open } = await setUp();
    const id = await open(assignee.id);
    expect(await run('11:05')).toBe(1);
    await createDeadlinePolicy(product.deps, {
      ...{ calendarId, typeId: lifecycle.typeId, priority: 2, updateMinutes: null },
      ...{ firstResponseMinutes: 90, resolutionMinutes: 480, warningMinutes: 15 },
    });
    await recompute(product, [id], at('11:10'));
    expect(await run('11:16')).toBe(1);
    expect(await run('11:31')).toBe(1);
    expect(await run('11:36')).toBe(0);
  });
});
