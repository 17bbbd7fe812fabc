import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCustomer } from '../support/factories/customer.js';
import { createPurchase } from '../support/factories/purchase.js';
import { createSkill } from '../support/factories/skill.js';
import { createAbsence, createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createTeam } from '../support/factories/team.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import {
  assign,
  createRequests,
  createSkilledKind,
  createStaff,
  startAfresh,
  storedRequest,
} from './requests.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());
beforeEach(() => startAfresh(product));

const assignOne = async (ids: readonly string[], now?: Date) => {
  const [outcome] = await assign(product, ids, now);
  if (!outcome) throw new Error('nothing was decided');
  return outcome;
};

describe('R2.2 requests that nobody has', () => {
  test('go to somebody, with reason, history, notification and audit', async () => {
    const staffId = await createStaff(product);
    const [id = ''] = await createRequests(product);
    const outcome = await assignOne([id]);
    expect(outcome).toEqual({
      requestId: id,
      assigneeId: staffId,
      reason: { key: 'onlyOne', params: {} },
    });
    expect(await storedRequest(product, id)).toEqual({
      assignee_id: staffId,
      unassigned_reason: null,
      version: 2,
      history: ['automatic'],
    });
    const told = await product.query(
      z.object({ kind: z.string(), href: z.string() }),
      `SELECT kind, href FROM notifications WHERE user_id = $1`,
      [staffId],
    );
    expect(told).toEqual([{ kind: 'requestAssigned', href: `/service-requests/${id}` }]);
    const audit = await product.query(
      z.object({ action: z.string(), assignee: z.string() }),
      `SELECT action, after->>'assignee_id' AS assignee FROM audit_log
       WHERE table_name = 'service_requests' AND record_id = $1 AND operation = 'update'`,
      [id],
    );
    expect(audit).toEqual([{ action: 'service-requests.assigned', assignee: staffId }]);
    expect(await assign(product, [id])).toEqual([]);
  });

  test('stay with the reason why nobody could take them; the same reason is written once', async () => {
    const [id = ''] = await createRequests(product);
    expect((await assignOne([id])).reason.key).toBe('nobodyAtAll');
    expect(await storedRequest(product, id)).toMatchObject({
      assignee_id: null,
      unassigned_reason: { key: 'nobodyAtAll' },
      version: 2,
      history: [],
    });
    await assignOne([id]);
    expect((await storedRequest(product, id)).version).toBe(2);
    await createStaff(product, { maximumOpen: 0 });
    expect((await assignOne([id])).reason.key).toBe('everybodyFull');
  });

  test('that are done, deleted or assigned are left alone', async () => {
    const staffId = await createStaff(product);
    const done = await createRequests(product, { state: 'closed' });
    const taken = await createRequests(product, { assigneeId: staffId });
    expect(await assign(product, [...done, ...taken])).toEqual([]);
    expect(await assign(product, [])).toEqual([]);
  });

  test('are shared out within one call, the most urgent first, up to what everybody can have', async () => {
    const staff = [
      await createStaff(product, { maximumOpen: 2 }),
      await createStaff(product, { maximumOpen: 2 }),
    ];
    const late = await createRequests(product, { count: 3, dueAt: new Date('2026-12-02') });
    const early = await createRequests(product, { count: 2, dueAt: new Date('2026-12-01') });
    const outcomes = await assign(product, [...late, ...early]);
    expect(outcomes.map(({ requestId }) => requestId)).toEqual([...early, ...late]);
    const got = outcomes.map(({ assigneeId }) => assigneeId);
    expect(got.slice(0, 4).sort()).toEqual([...staff, ...staff].sort());
    expect(outcomes[4]?.reason.key).toBe('everybodyFull');
  });

  test('that wait for the customer take no room', async () => {
    const staffId = await createStaff(product, { maximumOpen: 1 });
    await createRequests(product, { assigneeId: staffId, state: 'waiting' });
    const [first = '', second = ''] = await createRequests(product, { count: 2 });
    expect((await assignOne([first])).assigneeId).toBe(staffId);
    expect((await assignOne([second])).assigneeId).toBeNull();
  });
});

describe('R2.2 who can take them', () => {
  test('whoever may work requests, takes automatic ones and is not disabled', async () => {
    const { id: reader } = await createUser(product.deps, { grants: { 'service-requests:read': 'all' } });
    await createStaffSchedule(product.deps, { userId: reader });
    const { id: pausing } = await createUser(product.deps, { role: 'agent' });
    await createStaffSchedule(product.deps, { userId: pausing, takesAutomatic: false });
    const ids = await createRequests(product);
    expect((await assignOne(ids)).reason.key).toBe('nobodyAtAll');
  });

  test('only members of the team that works the request', async () => {
    const teamId = await createTeam(product.deps, { name: 'Repairs' });
    await createStaff(product);
    const ids = await createRequests(product, { teamId });
    expect((await assignOne(ids)).reason).toEqual({ key: 'nobodyInTeam', params: { team: 'Repairs' } });
    const member = await createStaff(product, { teamIds: [teamId] });
    expect((await assignOne(ids)).assigneeId).toBe(member);
  });

  test('only who has the skill of the type and that of the category, which its children inherit', async () => {
    const [both, one] = [await createStaff(product), await createStaff(product)];
    const typeSkillId = await createSkill(product.deps, { name: 'Dogs', staffIds: [both, one] });
    const categorySkillId = await createSkill(product.deps, { name: 'Clipping' });
    const { typeId, categoryId, childId } = await createSkilledKind(product, {
      typeSkillId,
      categorySkillId,
    });
    const ids = await createRequests(product, { typeId, categoryId });
    expect((await assignOne(ids)).reason).toEqual({
      key: 'nobodyWithSkill',
      params: { skill: 'Clipping, Dogs' },
    });
    const { staffSkill } = product.deps.database.client;
    expect(await staffSkill.count({ where: { skillId: typeSkillId } })).toBe(2);
    await createSkill(product.deps, { name: 'Another', staffIds: [one] });
    const specialist = await createStaff(product);
    const clipping = await createSkill(product.deps, { name: 'Clipping cats', staffIds: [specialist] });
    const kind = await createSkilledKind(product, { categorySkillId: clipping });
    const inherited = await createRequests(product, { typeId: kind.typeId, categoryId: kind.childId });
    expect((await assignOne(inherited)).assigneeId).toBe(specialist);
    const typeAlone = await createSkilledKind(product, { typeSkillId });
    const dogs = await createRequests(product, { typeId: typeAlone.typeId });
    expect([both, one]).toContain((await assignOne(dogs)).assigneeId);
    expect(
      (await assignOne(await createRequests(product, { typeId, categoryId: childId }))).assigneeId,
    ).toBeNull();
  });

  test('only who is on shift: from its first minute, not in its last, on its weekday', async () => {
    const { id: userId } = await createUser(product.deps, { role: 'agent' });
    const shifts = [
      { weekday: 1, fromMinute: 540, toMinute: 720 },
      { weekday: 1, fromMinute: 1_320, toMinute: 1_440 },
      { weekday: 2, fromMinute: 0, toMinute: 60 },
    ];
    await createStaffSchedule(product.deps, { userId, shifts });
    const [id = ''] = await createRequests(product);
    // 30 November 2026 is a Monday; the product's clocks show Shanghai's time.
    const expected: readonly (readonly [string, boolean])[] = [
      ['2026-11-30T08:59:59+08:00', false],
      ['2026-11-30T11:59:59+08:00', true],
      ['2026-11-30T12:00:00+08:00', false],
      ['2026-11-30T09:00:00+08:00', true],
      ['2026-11-30T23:59:59+08:00', true],
      ['2026-12-01T00:59:00+08:00', true],
      ['2026-12-01T01:00:00+08:00', false],
      ['2026-12-01T09:30:00+08:00', false],
    ];
    for (const [moment, isOn] of expected) {
      const now = new Date(moment);
      const request = isOn ? ((await createRequests(product))[0] ?? '') : id;
      const outcome = await assignOne([request], now);
      expect(outcome.assigneeId, moment).toBe(isOn ? userId : null);
      if (!isOn) expect(outcome.reason.key).toBe('nobodyOnShift');
    }
  });

  test('nobody without shifts, and nobody on the days of an absence', async () => {
    const { id: shiftless } = await createUser(product.deps, { role: 'agent' });
    await createStaffSchedule(product.deps, { userId: shiftless, shifts: [] });
    const absent = await createStaff(product);
    await createAbsence(product.deps, { userId: absent, fromDay: '2026-12-01', toDay: '2026-12-02' });
    const [id = ''] = await createRequests(product);
    for (const moment of ['2026-12-01T00:00:00+08:00', '2026-12-02T23:59:59+08:00'])
      expect((await assignOne([id], new Date(moment))).reason.key).toBe('nobodyOnShift');
    expect((await assignOne([id], new Date('2026-12-03T00:00:00+08:00'))).assigneeId).toBe(absent);
  });
});

describe('R2.2 who knows the customer', () => {
  const now = new Date('2026-11-30T10:00:00+08:00');

  test('is who served them last within 180 days, else who looks after them', async () => {
    const [owner, server] = [await createStaff(product), await createStaff(product)];
    await createStaff(product);
    const { id: customerId } = await createCustomer(product.deps, { ownerId: owner });
    const purchase = await createPurchase(product.deps, { customerId, purchasedOn: '2026-06-03' });
    const request = async () => assignOne(await createRequests(product, { customerId }), now);
    expect(await request()).toMatchObject({ assigneeId: owner, reason: { key: 'owner' } });
    await setStaff(purchase, server, '2026-06-03');
    expect(await request()).toMatchObject({ assigneeId: server, reason: { key: 'servedLast' } });
    await setStaff(purchase, server, '2026-06-02');
    expect(await request()).toMatchObject({ assigneeId: owner, reason: { key: 'owner' } });
  });

  test('or who stands in for them', async () => {
    const [owner, substitute] = [await createStaff(product, { name: '王芳' }), await createStaff(product)];
    await createStaff(product);
    const { id: customerId } = await createCustomer(product.deps, { ownerId: owner });
    await createAbsence(product.deps, { userId: owner, fromDay: '2026-11-30', substituteId: substitute });
    const ids = await createRequests(product, { customerId });
    expect(await assignOne(ids, now)).toMatchObject({
      assigneeId: substitute,
      reason: { key: 'substituteOwner', params: { name: '王芳' } },
    });
    const next = await createRequests(product, { customerId });
    expect((await assignOne(next, new Date('2026-12-01T10:00:00+08:00'))).assigneeId).toBe(owner);
  });

  const setStaff = (id: string, staffId: string, day: string) =>
    product.query(
      z.unknown(),
      `WITH actor AS MATERIALIZED (SELECT set_config('audit.actor_name', 'test', true), set_config('audit.action', 'factory.changed', true))
       UPDATE purchases SET staff_id = $2, purchased_on = $3 FROM actor WHERE purchases.id = $1`,
      [id, staffId, day],
    );
});
