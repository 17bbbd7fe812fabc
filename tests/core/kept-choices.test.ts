import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { ViewerContext } from '../../src/core/context.js';
import { forgetChoiceChanges, keepChoices } from '../../src/core/kept-choices.js';
import type { Sql } from '../../src/core/sql.js';
import { listPeople } from '../../src/modules/admin/people.queries.js';
import { listActivePeople } from '../../src/modules/customers/collaborators.queries.js';
import { readFilterChoices, readFormChoices } from '../../src/modules/customers/customer-choices.queries.js';
import { readVisitChoices } from '../../src/modules/return-visits/return-visits-list.queries.js';
import { listCustomerViews } from '../../src/modules/saved-views/saved-views.queries.js';
import { readRequestChoices } from '../../src/modules/service-requests/request-choices.queries.js';
import { listTagNames } from '../../src/modules/tags/tags.queries.js';
import { readLateChoices } from '../../src/modules/visit-rhythm/late-visits.queries.js';
import type { TestClient } from '../support/client.js';
import { createTag } from '../support/factories/tag.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

const Name = z.object({ name: z.string() });
const Count = z.object({ count: z.number() });

let product: TestProduct;
let manager: TestClient;
beforeAll(async () => {
  product = await startTestProduct();
  manager = await product.signIn({ role: 'manager' });
});
afterAll(() => product.close());

const asViewer = (choicesVersion?: string) =>
  ({ deps: product.deps, viewer: { choicesVersion } }) as unknown as ViewerContext;

describe('R1.7 what filters offer', () => {
  test('is there in the next request after somebody else made it', async () => {
    const offered = async () => (await manager.page('/customers'))('select[name=tag]').text();
    expect(await offered()).not.toContain('Made meanwhile');
    await createTag(product.deps, { name: 'Made meanwhile' });
    expect(await offered()).toContain('Made meanwhile');
  });

  test('is watched in every table that it is read from, but for the sources of customers', async () => {
    const read: string[] = [];
    const preparedRows = (statement: Sql) => {
      read.push(...[...statement.text.matchAll(/(?:FROM|JOIN) ([a-z_]+)/g)].map(([, table = '']) => table));
      return Promise.reject(new Error('only looked at'));
    };
    const context = {
      deps: { database: { preparedRows } },
      viewer: { id: newId(), grants: new Map() },
    } as unknown as ViewerContext;
    const keepers = [
      readFilterChoices,
      readFormChoices,
      readRequestChoices,
      listCustomerViews,
      readVisitChoices,
      readLateChoices,
      listTagNames,
      listPeople,
      listActivePeople,
    ];
    for (const readAny of keepers) {
      await expect(readAny(context)).rejects.toThrow('only looked at');
    }
    const tables = await product.query(
      Name,
      "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const watched = await product.query(
      Name,
      "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'note_choice_change'",
    );
    const names = new Set(tables.map(({ name }) => name));
    const wanted = [...new Set(read)].filter((name) => names.has(name) && name !== 'customers').sort();
    expect(watched.map(({ name }) => name).sort()).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(8);
  });
});

describe('kept choices', () => {
  test('are read once for a version and again for another, and each time for whoever knows none', async () => {
    const read = vi.fn(() => Promise.resolve({ names: ['A'] }));
    const choices = keepChoices(read);
    await Promise.all([choices(asViewer('1')), choices(asViewer('1'))]);
    expect(read).toHaveBeenCalledTimes(1);
    await choices(asViewer('2'));
    expect(read).toHaveBeenCalledTimes(2);
    await choices(asViewer());
    await choices(asViewer());
    expect(read).toHaveBeenCalledTimes(4);
  });

  test('are read for each for whom they differ', async () => {
    const read = vi.fn(({ viewer }: ViewerContext) => Promise.resolve({ names: [viewer.id] }));
    const choices = keepChoices(read, ({ viewer }) => viewer.id);
    const as = (id: string) =>
      choices({ ...asViewer('1'), viewer: { id, choicesVersion: '1' } } as ViewerContext);
    expect([await as('a'), await as('b'), await as('a')]).toEqual([
      { names: ['a'] },
      { names: ['b'] },
      { names: ['a'] },
    ]);
    expect(read).toHaveBeenCalledTimes(2);
  });

  test('that could not be read are asked for again', async () => {
    const read = vi
      .fn<() => Promise<{ names: string[] }>>()
      .mockRejectedValueOnce(new Error('no connection'))
      .mockResolvedValue({ names: [] });
    const choices = keepChoices(read);
    await expect(choices(asViewer('1'))).rejects.toThrow('no connection');
    expect(await choices(asViewer('1'))).toEqual({ names: [] });
  });

  test('are forgotten after a minute', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    try {
      const read = vi.fn(() => Promise.resolve({}));
      const choices = keepChoices(read);
      await choices(asViewer('1'));
      clock.mockReturnValue(59_000);
      await choices(asViewer('1'));
      expect(read).toHaveBeenCalledTimes(1);
      clock.mockReturnValue(61_000);
      await choices(asViewer('1'));
      expect(read).toHaveBeenCalledTimes(2);
    } finally {
      clock.mockRestore();
    }
  });

  test('leave no trace of changes of yesterday', async () => {
    await createTag(product.deps);
    product.setNow(new Date(Date.now() + 2 * 86_400_000));
    await forgetChoiceChanges(product.deps);
    product.setNow(undefined);
    expect(await product.query(Count, 'SELECT count(*)::integer AS count FROM choice_changes')).toEqual([
      { count: 0 },
    ]);
  });
});
