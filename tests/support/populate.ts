import { v7 as newId } from 'uuid';
import { addEmail } from '../../src/core/outbox.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { createArticle, createCannedAnswer } from './factories/answer.js';
import { createAttachment } from './factories/attachment.js';
import { createContactPoint } from './factories/contact-point.js';
import { createContactRecord } from './factories/contact-record.js';
import { dayOf } from '../../src/core/format.js';
import { confirm, confirmAll } from '../bulk-changes/bulk-steps.js';
import { handOver } from '../handovers/handover-steps.js';
import { csv, importFile, uploadFile } from '../imports/wizard.js';
import { openTestRequest } from '../surveys/requests.js';
import { createVisitor } from '../visit-rhythm/visits.js';
import { createCustomField } from './factories/custom-field.js';
import { createCustomerContact } from './factories/customer-contact.js';
import { createCustomer } from './factories/customer.js';
import { createDeadlinePolicy } from './factories/deadline-policy.js';
import { createDuplicatePair } from './factories/duplicate-pair.js';
import { createFollowUp } from './factories/follow-up.js';
import { createPersonalLink } from './factories/personal-link.js';
import { createPurchase } from './factories/purchase.js';
import { factoryActor } from './factories/sequence.js';
import { createSavedView, roleIdOf } from './factories/saved-view.js';
import { createSegment } from './factories/segment.js';
import { createPlan, createReturnVisit } from './factories/return-visit.js';
import { createRecurring } from './factories/recurring-request.js';
import { createThing, createThingKind, createThingService } from './factories/served-thing.js';
import { createSkill } from './factories/skill.js';
import { createAbsence, createStaffSchedule } from './factories/staff-schedule.js';
import { createSurvey } from './factories/survey.js';
import { createClassificationRule } from './factories/classification-rule.js';
import { createRequestCategory } from './factories/request-category.js';
import { createRequestState } from './factories/request-state.js';
import { createTag } from './factories/tag.js';
import { createTeam } from './factories/team.js';
import { createCustomerTier, createTier } from './factories/tier.js';
import { createUser } from './factories/user.js';
import { createWorkingCalendar } from './factories/working-calendar.js';
import type { SegmentGroup } from '../../src/modules/segments/rules.js';
import { complain } from './populate-requests.js';
import type { TestProduct } from './product.js';

const names = ['张三', '欧阳修', 'Anna Berg', '李四', 'Nguyễn Văn An', '王小明'];

/** Rows of every kind, so that no list is empty and texts of both scripts stand in them. */
export async function populate(product: TestProduct): Promise<void> {
  const { deps } = product;
  const teamId = await createTeam(deps);
  const owner = await createUser(deps, { role: 'account', teamIds: [teamId] });
  const colleague = await createUser(deps, { role: 'account' });
  await createCustomField(deps, { key: 'skin', label: '肤质', kind: 'choice', choices: ['Dry', '油性'] });
  await createCustomField(deps, { key: 'pets', label: 'Has pets', kind: 'yesNo' });
  await createCustomField(deps, { key: 'anniversary', label: 'Anniversary', kind: 'date' });
  const customerIds: string[] = [];
  for (const [index, name] of names.entries()) {
    const customer = await createCustomer(deps, {
      name,
      phone: `+86138001380${String(index).padStart(2, '0')}`,
      email: `person${index}@example.com`,
      city: '上海',
      source: 'Walk-in',
      birthDate: '1990-02-28',
      habits: '周末下午到店',
      preferences: 'A quiet room',
      needs: 'Something for dry skin',
      collaboratorIds: [colleague.id],
      customValues: { skin: 'Dry', pets: index % 2 === 0, anniversary: '2015-05-20' },
      gender: index % 2 === 0 ? 'female' : 'male',
      ownerId: owner.id,
      teamId,
    });
    await createContactRecord(deps, { customerId: customer.id, staffId: owner.id });
    await createFollowUp(deps, { customerId: customer.id, ownerId: owner.id, dueOn: dayOf(deps.now()) });
    customerIds.push(customer.id);
    await createContactPoint(deps, { customerId: customer.id, label: 'work' });
    await createAttachment(deps, { customerId: customer.id, userId: owner.id, name: '合同 2026.pdf' });
    await createPurchase(deps, {
      customerId: customer.id,
      amount: `${(index + 1) * 199}.90`,
      item: 'Facial care',
    });
    await createContactRecord(deps, { customerId: customer.id, staffId: owner.id });
    await createFollowUp(deps, {
      customerId: customer.id,
      ownerId: owner.id,
      dueOn: new Date(Date.now() + (index - 2) * 86_400_000).toISOString().slice(0, 10),
      action: index % 2 === 0 ? 'Call back' : '回电',
    });
  }
  await createTag(deps, { name: 'VIP', color: 'yellow', customerIds });
  await createTag(deps, { name: '老客户', color: 'green', customerIds: customerIds.slice(0, 3) });
  await giveTiers(product, customerIds, owner.id);
  await giveBelongings(product, customerIds, owner.id);
  await giveServiceSettings(product, teamId);
  await giveReturnVisits(product, customerIds, owner.id);
  const calendarId = await createWorkingCalendar(deps, { name: '夜班' });
  await createWorkingCalendar(deps, { name: 'Unused' });
  await createDeadlinePolicy(deps, { calendarId, priority: 3, escalationUserIds: [owner.id] });
  await createDeadlinePolicy(deps, { calendarId, archivedAt: deps.now() });
  await createSegment(deps, { createdById: owner.id, rules: everyKindOfRule, memberIds: customerIds });
  await createDuplicatePair(deps, { customerIds: [customerIds[0] ?? '', customerIds[1] ?? ''] });
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.role.create({ data: { id: newId(), name: 'Nobody’s role' } });
    await tx.branch.create({ data: { id: newId(), name: '南京路' } });
    await addEmail(tx, deps, { to: 'somebody@example.com', subject: 'Reminder', text: 'A text' });
  });
  await saveView(product, owner.id);
  await changeMany(product);
  await askToRate(product, customerIds[0] ?? '', owner.id);
  await deleteOneCustomer(product);
  await eraseOneCustomer(product);
  await createVisitor(product, dayOf(deps.now()), { name: '钱七', daysAgo: [126, 98, 70, 42] });
  await handOverNothing(product, colleague.id, owner.id);
  await importFiles(product);
  await planShifts(product, owner.id, colleague.id);
  await giveAnswers(product);
  await complain(product, customerIds[0] ?? '', owner.id);
}

/** Groups within groups and every kind of input. */
const everyKindOfRule: SegmentGroup = {
  match: 'all',
  rules: [
    { field: 'name', operator: 'isFilled', values: [] },
    { field: 'boughtWithin', operator: 'bought', values: ['365', 'facial'] },
    {
      match: 'any',
      rules: [
        { field: 'gender', operator: 'isOneOf', values: ['female', 'male'] },
        { field: 'birthday', operator: 'inMonth', values: ['2'] },
        { match: 'none', rules: [{ field: 'createdOn', operator: 'onOrBefore', values: ['2020-01-01'] }] },
      ],
    },
  ],
};

/** Hours, skills and an absence of today. */
async function planShifts({ deps }: TestProduct, userId: string, substituteId: string): Promise<void> {
  await createStaffSchedule(deps, { userId });
  await createSkill(deps, { name: '染发', staffIds: [userId] });
  await createSkill(deps, { name: 'Not needed any more', archivedAt: new Date() });
  await createAbsence(deps, { userId, fromDay: dayOf(deps.now()), substituteId });
}

/** Answers and articles of both audiences, in use and out of it. */
async function giveAnswers({ deps }: TestProduct): Promise<void> {
  await createCannedAnswer(deps, {
    name: '感谢来电',
    shortcut: 'xx',
    body: '{{customer}}您好，感谢您的来电。',
  });
  await createCannedAnswer(deps, { name: 'Out of use', archivedAt: deps.now() });
  await createArticle(deps, { title: '染发后多久可以洗头', body: '建议 48 小时后\n再洗。', isPublic: true });
  await createArticle(deps, { title: 'How to refund a card', body: 'Ask the manager first.' });
}

/** A request that its customer rated, and links of theirs. */
async function askToRate(product: TestProduct, customerId: string, staffId: string): Promise<void> {
  const requestId = await openTestRequest(product, { customerId, assigneeId: staffId });
  const answer = { service: 4, staff: 5, comment: '很满意, thank you' };
  const about = { requestId, customerId, staffId, staffName: '王芳' };
  await createSurvey(product.deps, { ...about, answer });
  await createSurvey(product.deps, { ...about, closedAt: new Date() });
  await createPersonalLink(product.deps, { customerId });
  await createPersonalLink(product.deps, { customerId, requestId });
}

/** One that administrators see above the list. */
async function saveView(product: TestProduct, ownerId: string): Promise<void> {
  const sharedRoleId = await roleIdOf(product, 'administrator');
  const query = new URLSearchParams({ city: '上海' }).toString();
  await createSavedView(product.deps, { ownerId, name: '上海 customers', query, sharedRoleId });
}

/** A finished handover of somebody who only helps. */
async function handOverNothing(product: TestProduct, from: string, receiver: string): Promise<void> {
  await handOver(product, await product.signIn(), { from, split: 'one', receiver });
}

/** A finished change of several customers. */
async function changeMany(product: TestProduct): Promise<void> {
  const administrator = await product.signIn();
  await confirm(product, administrator, await confirmAll(administrator, 'source'), 'Exhibition');
}

/** A company with a contact, and things that are overdue, archived, and of a kind out of use. */
async function giveBelongings(
  { deps }: TestProduct,
  customerIds: readonly string[],
  staffId: string,
): Promise<void> {
  const company = await createCustomer(deps, { name: '蓝湾物业有限公司', kind: 'company' });
  const contact = { customerId: company.id, name: '陈经理', position: '采购', isPrimary: true };
  await createCustomerContact(deps, { ...contact, phone: '+8613812345678', email: 'chen@example.com' });
  const [customerId = ''] = customerIds;
  const car = { name: '车辆', identifierLabel: '车牌号', serviceIntervalDays: 180 };
  const kindId = await createThingKind(deps, car);
  const thing = { customerId, kindId, name: 'Audi A4', identifier: '沪A·12345', nextDueOn: '2026-01-31' };
  const thingId = await createThing(deps, thing);
  await createThingService(deps, { thingId, servedOn: '2025-08-04', work: '更换机油', staffId });
  const archivedAt = new Date();
  await createThing(deps, { customerId, kindId, name: 'Old car', archivedAt });
  await createThingKind(deps, { name: 'Equipment', archivedAt });
}

/** Return visits of today and of a later day, one to win back, an unused plan, and a request that comes every month. */
async function giveReturnVisits(
  { deps }: TestProduct,
  customerIds: readonly string[],
  assigneeId: string,
): Promise<void> {
  const planId = await createPlan(deps, { name: '消费后回访', trigger: 'afterPurchase', item: 'Facial' });
  const today = dayOf(deps.now());
  const visit = { planId, assigneeId, subject: '疗程效果回访', windowFrom: today };
  await createReturnVisit(deps, { ...visit, customerId: customerIds[0] ?? '' });
  await createReturnVisit(deps, { ...visit, customerId: customerIds[1] ?? '', windowFrom: '2190-01-01' });
  await createReturnVisit(deps, { ...visit, customerId: customerIds[2] ?? '', reactivatedAt: deps.now() });
  await createPlan(deps, { name: 'Unused plan' });
  await createRecurring(deps, { customerId: customerIds[0] ?? '', startsOn: today, subject: '每月保养' });
}

/** A tree of categories, a state that nobody reaches, and a rule with every kind of condition. */
async function giveServiceSettings({ deps }: TestProduct, teamId: string): Promise<void> {
  const parentId = await createRequestCategory(deps, { name: '美发' });
  const categoryId = await createRequestCategory(deps, { name: 'Colouring', parentId });
  await createRequestCategory(deps, { name: '漂发', parentId: categoryId });
  await createRequestState(deps, { name: 'At the supplier', category: 'waiting', color: 'red' });
  await createClassificationRule(deps, {
    name: '退款',
    conditions: { words: ['退款', 'refund'], channels: ['phone', 'wechat'] },
    outcome: { categoryId, priority: 3, teamId },
  });
}

/** One that is calculated and in its grace period, and one that is set by hand. */
async function giveTiers(
  { deps }: TestProduct,
  customerIds: readonly string[],
  userId: string,
): Promise<void> {
  const [first = '', second = ''] = customerIds;
  const silver = await createTier(deps, { name: '银卡', rank: 1, minimumAmount: '100', minimumPurchases: 2 });
  const gold = await createTier(deps, { name: 'Gold', rank: 2, color: 'yellow', maximumRecency: 90 });
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await createCustomerTier(deps, {
    customerId: first,
    calculatedId: silver,
    override: { tierId: gold, reason: '多次介绍朋友到店', until, userId },
  });
  await createCustomerTier(deps, { customerId: second, calculatedId: gold, graceUntil: until });
}

/** By the page, so that the recycle bin and the recent actions have something to show. */
async function deleteOneCustomer(product: TestProduct): Promise<void> {
  const customer = await createCustomer(product.deps, { name: '赵六' });
  const administrator = await product.signIn();
  const response = await administrator.post(`/customers/${customer.id}/deletion`, { version: '1' });
  if (response.status !== 303) throw new Error(`deleting a customer answered ${response.status}`);
}

/** By the page, so that the list of erasures and the log have somebody to show. */
async function eraseOneCustomer(product: TestProduct): Promise<void> {
  const { id, customerNo } = await createCustomer(product.deps, { name: '吴九' });
  const administrator = await product.signIn();
  const response = await administrator.post(`/customers/${id}/erasure`, { customerNo, reason: 'person' });
  if (response.status !== 303) throw new Error(`erasing a customer answered ${response.status}`);
}

/** One that is done, with a rejected row, and one that waits for its mapping. */
async function importFiles(product: TestProduct): Promise<void> {
  const administrator = await product.signIn();
  await importFile(product, administrator, csv('done.csv', 'Name,Phone', '孙七,13800138077', ',13800138078'));
  await uploadFile(administrator, csv('waiting.csv', 'Name,Phone', '周八,13800138079'));
}
