import { v7 as newId } from 'uuid';
import type { Transaction } from '../../src/core/database.js';
import { insertRows } from '../../src/modules/demo/insert-rows.js';
import type { Place } from './fill-organisation.js';
import { requestWords } from './request-words.js';

/** Nobody has it, so that requests of its category stay with nobody. */
const missingSkill = '手语';
const skillNames = ['染发烫发', '宠物洗护', '汽车养护', '投诉处理', missingSkill];

const groups = Array.from({ length: 6 }, (_, index) => `业务 ${index + 1}`);
const subgroupsOfGroup = 4;
const leavesOfSubgroup = 4;

/** Requests that one of the staff takes at most: none of the agents is ever full. */
const maximumOpen = 1_000;
/** Purchases from before a plan give rise to nothing. */
const planAgeMillis = 30 * 86_400_000;

/** What the administrators of such a business have set up: categories, who can take what and when, plans, answers. */
export async function fillServiceSettings(tx: Transaction, places: readonly Place[]): Promise<void> {
  const skills = skillNames.map((name) => ({ id: newId(), name }));
  await insertRows(tx, 'skills', skills);
  await fillCategories(tx, skills.at(-1)?.id ?? '');
  await fillStaff(
    tx,
    places.map(({ ownerId }) => ownerId),
    skills.slice(0, -1).map(({ id }) => id),
  );
  await fillAnswers(tx);
  const createdAt = new Date(Date.now() - planAgeMillis);
  await tx.returnVisitPlan.createMany({
    data: [
      { id: newId(), name: '护理后回访', trigger: 'afterPurchase', item: '护理', daysAfter: 7, createdAt },
      { id: newId(), name: '久未到店', trigger: 'rhythm', daysAfter: 120, createdAt },
    ],
  });
}

/** A hundred and twenty and more, on three levels, for every type; one whose skill nobody has. */
async function fillCategories(tx: Transaction, skillId: string): Promise<void> {
  const tops = groups.map((name) => ({ id: newId(), name, parent_id: null }));
  const middles = tops.flatMap(({ id, name }) => children(id, name, subgroupsOfGroup));
  const leaves = middles.flatMap(({ id, name }) => children(id, name, leavesOfSubgroup));
  await insertRows(tx, 'request_categories', [...tops, ...middles, ...leaves].map(withPosition));
  await tx.requestCategory.create({ data: { id: newId(), name: '手语服务', skillId } });
}

const children = (parentId: string, parentName: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: newId(),
    name: `${parentName}.${index + 1}`,
    parent_id: parentId,
  }));

const withPosition = <Row>(row: Row, position: number) => ({ ...row, position });

/** Half of the staff work at every hour, so that automatic assignment finds somebody whenever it is measured. */
async function fillStaff(tx: Transaction, userIds: readonly string[], skillIds: readonly string[]) {
  await insertRows(
    tx,
    'staff_capacities',
    userIds.map((id) => ({ id, maximum_open: maximumOpen })),
  );
  await insertRows(
    tx,
    'staff_shifts',
    userIds.flatMap((user_id, index) =>
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        ...{ id: newId(), user_id, weekday },
        ...(index % 2 === 0 ? { from_minute: 0, to_minute: 1_440 } : { from_minute: 540, to_minute: 1_080 }),
      })),
    ),
  );
  await insertRows(
    tx,
    'staff_skills',
    userIds.map((user_id, index) => ({
      ...{ id: newId(), user_id },
      skill_id: skillIds[index % skillIds.length] ?? '',
    })),
  );
}

const articleCount = 300;
const cannedAnswerCount = 60;

async function fillAnswers(tx: Transaction): Promise<void> {
  const { things, troubles, details } = requestWords;
  const articles = Array.from({ length: articleCount }, (_, index) => ({
    id: newId(),
    title: `${things[index % things.length] ?? ''}${troubles[(index * 7) % troubles.length] ?? ''}怎么办（${index + 1}）`,
    body: details.map((_text, place) => details[(place + index) % details.length] ?? '').join('\n'),
    is_public: index % 3 === 0,
  }));
  await insertRows(tx, 'articles', articles);
  await insertRows(
    tx,
    'article_versions',
    articles.map(({ id, title, body }) => ({ id: newId(), article_id: id, version_no: 1, title, body })),
  );
  await insertRows(
    tx,
    'canned_answers',
    Array.from({ length: cannedAnswerCount }, (_, index) => ({
      ...{ id: newId(), name: `答复 ${index + 1}`, shortcut: `da${index + 1}` },
      body: `{{customer}}您好，{{requestNo}} ${details[index % details.length] ?? ''}`,
    })),
  );
}
