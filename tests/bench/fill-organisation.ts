import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../src/core/context.js';
import type { Transaction } from '../../src/core/database.js';
import { insertRows } from '../../src/modules/demo/insert-rows.js';
import { fillSegments } from './fill-segments.js';

/** Who can own a customer, with the team and the branch that come with them. */
export interface Place {
  readonly ownerId: string;
  readonly teamId: string;
  readonly branchId: string;
}

/** Signs in `manager`, who sees all, `account`, who sees what is a team's, `newcomer`, who is in no team yet, and the agents. */
export const benchPassword = 'Benchmark-River-42';

const branchCount = 10;
const ownerCount = 100;
/** The one with the fewest customers: half a percent of all, as agents have where there are many. */
export const typicalAgent = `user${ownerCount + 1}`;
const tagNames = Array.from({ length: 30 }, (_, index) => `标签 ${index + 1}`);

const tiers = [
  { name: '普通', rank: 1, minimum_amount: null, minimum_purchases: 1 },
  { name: '银卡', rank: 2, minimum_amount: '500', minimum_purchases: null },
  { name: '金卡', rank: 3, minimum_amount: '2000', minimum_purchases: 6 },
];

/** Ten branches with a team each, a hundred agents, a manager, two of the account staff, thirty tags, three tiers, a custom field. */
export async function fillOrganisation(deps: Dependencies, tx: Transaction): Promise<Place[]> {
  const branches = Array.from({ length: branchCount }, (_, index) => ({
    id: newId(),
    name: `门店 ${index + 1}`,
  }));
  const teams = branches.map(({ name }) => ({ id: newId(), name: `${name} 团队` }));
  await insertRows(tx, 'branches', branches);
  await insertRows(tx, 'teams', teams);
  await insertRows(
    tx,
    'tags',
    tagNames.map((name) => ({ id: newId(), name })),
  );
  await insertRows(
    tx,
    'tiers',
    tiers.map((tier) => ({ id: newId(), ...tier })),
  );
  await insertRows(tx, 'served_thing_kinds', [{ id: newId(), name: '汽车', service_interval_days: 180 }]);
  const hairTypes = ['dry', 'oily', 'normal', 'damaged'];
  await tx.customField.create({
    data: { id: newId(), key: 'hairType', label: '发质', kind: 'choice', choices: hairTypes },
  });
  const password = await deps.passwords.hash(benchPassword);
  const manager = user('manager', 'Manager', password);
  const agents = Array.from({ length: ownerCount }, (_, index) =>
    user(`user${index + 2}`, `员工 ${index + 1}`, password),
  );
  const account = user('account', 'Account', password);
  const newcomer = user('newcomer', 'Newcomer', password);
  await insertRows(tx, 'users', [manager, account, newcomer, ...agents]);
  const places = agents.map(({ id }, index) => ({
    ownerId: id,
    teamId: teams[index % branchCount]?.id ?? '',
    branchId: branches[index % branchCount]?.id ?? '',
  }));
  const members = [...places, { ownerId: account.id, teamId: teams[0]?.id ?? '' }];
  await insertRows(
    tx,
    'team_members',
    members.map(({ ownerId, teamId }) => ({ id: newId(), user_id: ownerId, team_id: teamId })),
  );
  const roles = await tx.role.findMany({ select: { id: true, shippedKey: true } });
  const roleId = (key: string) => roles.find(({ shippedKey }) => shippedKey === key)?.id ?? '';
  await fillSegments(tx, manager.id);
  await insertRows(tx, 'user_roles', [
    { id: newId(), user_id: manager.id, role_id: roleId('manager') },
    ...[account, newcomer].map(({ id }) => ({ id: newId(), user_id: id, role_id: roleId('account') })),
    ...agents.map(({ id }) => ({ id: newId(), user_id: id, role_id: roleId('agent') })),
  ]);
  return places;
}

const user = (username: string, name: string, passwordHash: string) => ({
  id: newId(),
  username,
  name,
  password_hash: passwordHash,
});
