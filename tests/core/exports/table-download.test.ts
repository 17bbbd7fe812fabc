import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ViewerContext } from '../../../src/core/context.js';
import { tableDownload, type TableDownload } from '../../../src/core/exports/table-download.js';
import { translator } from '../../../src/core/i18n.js';
import type { Reply } from '../../../src/core/reply.js';
import { startTestProduct, type TestProduct } from '../../support/product.js';
import {
  inBatches,
  informationOf,
  leavingReceiver,
  openWorkbook,
  received,
  textColumn,
} from './export-files.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  product.setNow(new Date('2026-11-22T16:30:05Z'));
});
afterAll(() => product.close());

/** Each test asks in a request of its own, by which it finds its events. */
function contextOf(requestId: string): ViewerContext {
  return {
    deps: product.deps,
    locale: 'en',
    t: translator('en'),
    actor: { id: null, name: 'Li Wei', requestId },
    viewer: {
      id: '',
      username: 'liwei',
      name: 'Li Wei',
      locale: 'en',
      theme: 'auto',
      mustChangePassword: false,
      teamIds: [],
      grants: new Map(),
      loginSessionId: '',
    },
  };
}

const table = (
  rows: AsyncIterable<readonly string[]>,
  format: 'xlsx' | 'csv' = 'xlsx',
): TableDownload<string> => ({
  name: 'customers',
  title: 'Customers',
  format,
  filters: [{ words: 'City: 上海' }, { words: 'Search: 13812345678', loggedWords: 'Search: 13***' }],
  remarks: ['Contact data is masked.'],
  columns: [textColumn],
  rows,
});

function writerOf(reply: Reply) {
  if (reply.kind !== 'download') throw new Error(`a ${reply.kind} instead of a download`);
  return reply;
}

const Event = z.object({
  action: z.string(),
  record_id: z.string(),
  after: z.record(z.string(), z.unknown()),
});

const eventsOf = (requestId: string) =>
  product.query(Event, 'SELECT action, record_id, after FROM audit_log WHERE request_id = $1 ORDER BY id', [
    requestId,
  ]);

describe('R1.9 R5.4 the download of a table', () => {
  test('records that it starts, before anything goes out, and how many rows went out in the end', async () => {
    const reply = writerOf(await tableDownload(contextOf('whole'), table(inBatches(['a', 'b', 'c'], 2))));
    expect((await eventsOf('whole')).map(({ action }) => action)).toEqual(['exports.started']);
    expect(reply.fileName).toBe('customers-2026-11-23.xlsx');
    const output = new PassThrough();
    const [bytes] = await Promise.all([buffer(output), reply.write(output)]);

    const events = await eventsOf('whole');
    expect(events.map(({ action, after }) => [action, after])).toEqual([
      ['exports.started', { name: 'customers', format: 'xlsx', filter: ['City: 上海', 'Search: 13***'] }],
      ['exports.finished', { rows: 3 }],
    ]);
    expect(new Set(events.map(({ record_id }) => record_id)).size).toBe(1);
    const information: [string, unknown][] = [
      ['About this file', 'Details'],
      ['Contents', 'Customers'],
      ['Filter', 'Search: 13812345678'],
      ['Note', 'Contact data is masked.'],
      ['Exported by', 'Li Wei (liwei)'],
      ['Exported at', '2026-11-23 00:30:05 (Asia/Shanghai)'],
      ['Rows', 3],
      ['Made by', expect.stringMatching(/^Service CRM \d/)],
    ];
    expect([...informationOf(await openWorkbook(bytes))]).toEqual(information);
  });

  test('is an error page and no file when the rows cannot be read at all', async () => {
    const failing = async function* (): AsyncGenerator<string[]> {
      await Promise.reject(new Error('no such column'));
      yield [];
    };
    await expect(tableDownload(contextOf('unreadable'), table(failing()))).rejects.toThrow('no such column');
    expect((await eventsOf('unreadable')).map(({ action, after }) => [action, after])).toEqual([
      ['exports.started', expect.anything()],
      ['exports.aborted', { rows: 0, reason: 'failed' }],
    ]);
  });

  test.each(['xlsx', 'csv'] as const)(
    'records how far %s came when the rows fail half way',
    async (format) => {
      const requestId = `failing-${format}`;
      const failing = async function* () {
        yield* inBatches(['a', 'b', 'c'], 2);
        throw Object.assign(new Error('the connection to the database broke'), { code: 'ECONNRESET' });
      };
      const reply = writerOf(await tableDownload(contextOf(requestId), table(failing(), format)));
      const result = await received(reply.write);
      expect(result.failure).toMatchObject({ message: 'the connection to the database broke' });
      expect(result.isWhole).toBe(false);
      expect((await eventsOf(requestId)).at(-1)).toMatchObject({
        action: 'exports.aborted',
        after: { rows: 3, reason: 'failed' },
      });
    },
  );

  test.each(['xlsx', 'csv'] as const)('records a cancelled %s as such, which is no error', async (format) => {
    const requestId = `cancelled-${format}`;
    let isReleased = false;
    const endless = async function* () {
      try {
        for (;;)
          yield* inBatches(
            Array.from({ length: 1_000 }, () => `row ${Math.random()}`),
            1_000,
          );
      } finally {
        isReleased = true;
      }
    };
    const reply = writerOf(await tableDownload(contextOf(requestId), table(endless(), format)));
    await reply.write(leavingReceiver(100_000));
    expect(isReleased).toBe(true);
    const last = (await eventsOf(requestId)).at(-1);
    expect(last).toMatchObject({ action: 'exports.aborted', after: { reason: 'cancelled' } });
    expect(last?.after['rows']).toBeGreaterThan(1_000);
  });

  test('lets the rows go when the receiver left before the first byte', async () => {
    let isReleased = false;
    const rows = async function* () {
      try {
        yield* inBatches(['a', 'b'], 1);
      } finally {
        isReleased = true;
      }
    };
    const reply = writerOf(await tableDownload(contextOf('gone'), table(rows(), 'csv')));
    const receiver = leavingReceiver(0);
    receiver.destroy();
    await reply.write(receiver);
    expect(isReleased).toBe(true);
    expect((await eventsOf('gone')).at(-1)).toMatchObject({
      action: 'exports.aborted',
      after: { reason: 'cancelled' },
    });
  });
});
