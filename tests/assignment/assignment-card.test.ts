import { afterAll, beforeAll, expect, test } from 'vitest';
import { translator } from '../../src/core/i18n.js';
import { addUpGrants } from '../../src/core/permissions.js';
import { assignmentCardView } from '../../src/modules/assignment/assignment-card.js';
import { choiceReasons, refusalReasons } from '../../src/modules/assignment/assignment-reason.js';
import {
  choiceReasonText,
  unassignedReasonText,
} from '../../src/modules/assignment/assignment-reason-text.js';
import { releaseRequest } from '../../src/modules/assignment/assignment-steps.js';
import { readAssignments } from '../../src/modules/assignment/assignment.queries.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { assign, createRequests, createStaff } from './requests.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const contextIn = (locale: 'en' | 'zh-CN') => ({
  deps: product.deps,
  actor: factoryActor,
  locale,
  t: translator(locale),
  viewer: {
    id: '',
    username: '',
    name: '',
    locale,
    theme: 'auto' as const,
    mustChangePassword: false,
    teamIds: [],
    grants: addUpGrants([]),
    loginSessionId: '',
  },
});

test('R2.2 the record says who has a request, why, and who had it', async () => {
  const userId = await createStaff(product, { name: '李娜' });
  const [id = ''] = await createRequests(product);
  await assign(product, [id]);
  const now = new Date();
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'service-requests.assigned', (tx) =>
    releaseRequest(tx, { requestId: id, userId, now }),
  );
  await assign(product, [id]);
  const context = contextIn('en');
  const rows = await readAssignments(context, id);
  const has = { assigneeName: '李娜', unassignedReason: null, isDone: false };
  const card = assignmentCardView(context, has, rows);
  expect(card).toMatchObject({
    assigneeName: '李娜',
    reason: 'They had it and it was given back, but nobody else could take it.',
    hasEarlier: false,
  });
  expect(card.steps.map(({ sentence }) => sentence)).toEqual([
    'Assigned to 李娜 automatically',
    '李娜 gave it back',
    'Assigned to 李娜 automatically',
  ]);
  const chinese = assignmentCardView(contextIn('zh-CN'), has, rows);
  expect(chinese.steps[1]?.sentence).toBe('李娜退回');
});

test('R2.2 a request that nobody has says why, and a finished one does not', () => {
  const context = contextIn('en');
  const unassignedReason = { key: 'nobodyWithSkill', params: { skill: 'Dogs' } };
  const open = { assigneeName: null, unassignedReason, isDone: false };
  expect(assignmentCardView(context, open, []).reason).toBe('Nobody who could take it has the skill Dogs.');
  expect(assignmentCardView(context, { ...open, isDone: true }, []).reason).toBe('');
  expect(unassignedReasonText(context.t, null)).toBe('Not tried yet.');
  expect(unassignedReasonText(context.t, { key: 'unheardOf' })).toBe('Not tried yet.');
});

test('R2.2 every reason has its sentence in both languages', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const t = translator(locale);
    for (const key of choiceReasons) expect(choiceReasonText(t, { key, params: {} })).not.toContain(key);
    for (const key of refusalReasons) expect(unassignedReasonText(t, { key })).not.toContain(key);
  }
});
