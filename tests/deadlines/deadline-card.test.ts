import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translator } from '../../src/core/i18n.js';
import { deadlineCard } from '../../src/modules/deadlines/deadline-card.js';
import { readDeadlineBasis } from '../../src/modules/deadlines/deadline-basis.queries.js';
import { dueText } from '../../src/modules/deadlines/due-text.js';
import { administratorContext } from '../admin/viewer-context.js';
import { createDeadlinePolicy } from '../support/factories/deadline-policy.js';
import { createUser } from '../support/factories/user.js';
import { createWorkingCalendar } from '../support/factories/working-calendar.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import {
  createCountedRequest,
  createLifecycle,
  moveRequest,
  recompute,
  type RequestFacts,
} from './counted-request.js';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const at = (text: string): string => `2026-${text.replace(' ', 'T')}:00+08:00`;

/** A request with eight hours of work, in a calendar in which Thursday 1 October is a holiday. */
async function cardOf(facts: RequestFacts, now: string, resolutionMinutes = 480) {
  const lifecycle = await createLifecycle(product);
  const calendarId = await createWorkingCalendar(product.deps, {
    exceptions: { '2026-10-01': { windows: [], name: { en: 'National Day', 'zh-CN': '国庆节' } } },
  });
  await createDeadlinePolicy(product.deps, {
    ...{ calendarId, typeId: lifecycle.typeId, updateMinutes: null, resolutionMinutes },
  });
  const id = await createCountedRequest(product, lifecycle, facts);
  await recompute(product, [id], now);
  product.setNow(new Date(now));
  const context = administratorContext(product, await createUser(product.deps));
  const read = async (locale: 'en' | 'zh-CN' = 'en') => {
    const words = { ...context, locale, t: translator(locale) };
    return deadlineCard(words, await readDeadlineBasis(words, id));
  };
  return { read, id, lifecycle, calendarId };
}

describe('R2.4 the deadlines on the record of a request', () => {
  test('R2.4 the sum in words: days, a holiday between them, and a pause', async () => {
    const { read } = await cardOf(
      {
        received: at('09-30 15:00'),
        states: [
          [at('09-30 16:00'), 'waiting'],
          [at('09-30 17:00'), 'open'],
        ],
      },
      at('09-30 17:30'),
    );
    const { rows, empty } = await read();
    expect(empty).toBe('');
    expect(rows.map(({ label }) => label)).toEqual(['First response', 'Resolution']);
    expect(rows[1]).toMatchObject({
      sum: '8 h: Wed, Sep 30: 2 h + Fri, Oct 2: 6 h; not counted: Thu, Oct 1 (National Day); paused 1 h',
      worked: '6 h 30 min of working time left',
      badge: 'secondary',
    });
    expect(rows[0]).toMatchObject({ status: '1 h 30 min late', badge: 'red', worked: '' });
    const chinese = await read('zh-CN');
    expect(chinese.rows[1]?.sum).toContain('8 小时：');
    expect(chinese.rows[1]?.sum).toContain('国庆节');
    expect(chinese.rows[1]?.sum).toContain('暂停 1 小时');
  });

  test('R2.4 what was met and what was missed, with the time it took', async () => {
    const { read, id, lifecycle } = await cardOf({ received: at('09-21 10:00') }, at('09-21 10:00'));
    await moveRequest(product, lifecycle, id, [at('09-21 11:30'), 'done']);
    await recompute(product, [id], at('09-21 11:30'));
    const { rows } = await read();
    expect(rows).toMatchObject([
      { status: 'Late', badge: 'red', worked: 'took 1 h 30 min of working time' },
      { status: 'In time', badge: 'green', worked: 'took 1 h 30 min of working time' },
    ]);
  });

  test('R2.4 while it waits the clock stands; a long sum is shortened', async () => {
    const waiting = await cardOf(
      { received: at('09-21 10:00'), states: [[at('09-21 10:30'), 'waiting']] },
      at('09-21 12:00'),
    );
    expect((await waiting.read()).rows[1]).toMatchObject({ status: 'Paused', due: '' });
    const long = await cardOf({ received: at('09-21 09:00') }, at('09-21 09:00'), 20 * 540);
    expect((await long.read()).rows[1]?.sum).toContain('more days');
  });

  test('R2.4 without a policy the card says so', async () => {
    const { read } = await cardOf({ received: at('09-21 10:00'), sourceNo: 'B-1' }, at('09-21 10:00'));
    expect(await read()).toEqual({ basis: '', empty: 'No deadlines apply to this request.', rows: [] });
  });
});

describe('R2.4 the next deadline in a list', () => {
  const t = translator('en');
  const now = new Date(at('09-21 10:00'));
  const due = (text: string | null) => (text === null ? null : new Date(at(text)));
  test.each([
    ['open', '09-21 10:30', { text: '30 min left', tone: 'soon' }],
    ['open', '09-21 13:20', { text: '3 h 20 min left', tone: 'fine' }],
    ['open', '09-26 10:00', { text: '5 days left', tone: 'fine' }],
    ['open', '09-21 08:00', { text: '2 h late', tone: 'late' }],
    ['open', null, { text: '', tone: 'none' }],
    ['waiting', null, { text: 'Paused', tone: 'paused' }],
    ['waiting', '09-21 08:00', { text: '2 h late', tone: 'late' }],
    ['done', '09-21 08:00', { text: '', tone: 'none' }],
  ] as const)('%s, due %s', (stateCategory, dueAt, expected) => {
    expect(dueText(t, now, { stateCategory, nextDueAt: due(dueAt) })).toEqual(expected);
  });
});
