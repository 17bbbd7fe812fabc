import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translator } from '../../src/core/i18n.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { completeInstallation } from '../../src/modules/admin/installation.js';
import { causeName, causePath } from '../../src/modules/complaint-causes/cause-name.js';
import { stateName } from '../../src/modules/request-states/state-name.js';
import { typeName } from '../../src/modules/request-types/type-name.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const names = async () => {
  const { models } = product.deps.database;
  const [types, states, causes, transitions] = await Promise.all([
    models.requestType.findMany({ orderBy: { position: 'asc' }, select: { name: true } }),
    models.requestState.findMany({ orderBy: { position: 'asc' }, select: { name: true } }),
    models.complaintCause.count(),
    models.requestTransition.count(),
  ]);
  return {
    types: types.map(({ name }) => name),
    states: states.map(({ name }) => name),
    causes,
    transitions,
  };
};

const settingKey = 'serviceRequests.shipped';

describe('R2.1 R2.3 R2.9 what requests start with', () => {
  test('is there in a new installation, with one state to begin in', async () => {
    expect(await names()).toEqual({
      types: ['Consultation', 'Complaint', 'Return visit', 'Repair', 'Recovery'],
      states: ['New', 'In progress', 'Waiting for customer', 'Closed', 'Cancelled'],
      causes: 17,
      transitions: 12,
    });
    const initial = await product.deps.database.models.requestState.findMany({ where: { isInitial: true } });
    expect(initial.map(({ shippedKey }) => shippedKey)).toEqual(['new']);
  });

  test('what somebody deleted or renamed stays so; what a newer version brings comes once', async () => {
    const { deps } = product;
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
      await tx.requestType.deleteMany({ where: { shippedKey: 'repair' } });
      await tx.requestType.updateMany({ where: { shippedKey: 'consultation' }, data: { name: 'Question' } });
      await tx.complaintCause.deleteMany({ where: { name: 'Noise' } });
    });
    const changed = await names();
    await completeInstallation(deps);
    expect(await names()).toEqual(changed);

    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
      const { value } = await tx.setting.findUniqueOrThrow({ where: { key: settingKey } });
      const older = Array.isArray(value) ? value.filter((item) => item !== 'types.recovery') : [];
      await tx.setting.update({ where: { key: settingKey }, data: { value: older } });
      await tx.requestType.deleteMany({ where: { shippedKey: 'recovery' } });
    });
    await completeInstallation(deps);
    expect(await names()).toEqual(changed);
  });

  test('a name that is taken keeps a newer version from starting no less', async () => {
    const { deps } = product;
    await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
      await tx.setting.deleteMany({ where: { key: settingKey } });
      await tx.requestType.deleteMany({ where: { shippedKey: 'repair' } });
      await tx.requestType.create({ data: { id: newId(), name: 'Repair' } });
    });
    await completeInstallation(deps);
    const own = await deps.database.models.requestType.findMany({ where: { name: 'Repair' } });
    expect(own.map(({ shippedKey }) => shippedKey)).toEqual([null]);
  });
});

test('R6.7 what nobody renamed is named in the viewer’s language', () => {
  const [en, zh] = [translator('en'), translator('zh-CN')];
  expect(typeName(zh, { name: 'Complaint', shippedKey: 'complaint' })).toBe('投诉');
  expect(typeName(zh, { name: 'Complaints', shippedKey: 'complaint' })).toBe('Complaints');
  expect(typeName(zh, { name: 'Complaint', shippedKey: null })).toBe('Complaint');
  expect(stateName(zh, { name: 'New', shippedKey: 'new' })).toBe('新建');
  expect(causeName(zh, ['Product', 'Quality'])).toBe('质量');
  expect(causeName(zh, ['Room', 'Quality'])).toBe('Quality');
  expect(causeName(zh, ['Product', 'Quality', 'Quality'])).toBe('Quality');
  expect(causePath(zh, ['Product', 'Smell'])).toBe('产品 › Smell');
  expect(causePath(en, ['Price', 'Wrong bill'])).toBe('Price › Wrong bill');
});
