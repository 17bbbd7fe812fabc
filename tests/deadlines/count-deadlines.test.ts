import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workingTimeBetween } from '../../src/core/working-time/add-working-time.js';
import { dayMillis, dayText } from '../../src/core/working-time/calendar-days.js';
import type { StateChange } from '../../src/core/working-time/pauses.js';
import { countDeadlines, type CountedRequest } from '../../src/modules/deadlines/count-deadlines.js';
import { deadlineKinds } from '../../src/modules/deadlines/deadline-kind.js';
import { anyCalendar, calendarOf, workdays } from '../working-time/calendars.js';

const seed = 20_261_124;
const numRuns = 500;

const office = calendarOf('Asia/Shanghai', workdays('9:00-18:00'));
const at = (text: string): Date => new Date(`2026-09-${text.replace(' ', 'T')}:00+08:00`);
const policy = { targets: { firstResponse: 60, update: 240, resolution: 480 }, warningMinutes: 30 };
const fresh: CountedRequest = {
  receivedAt: at('21 10:00'),
  firstRespondedAt: null,
  customerWaitsSince: null,
  closedAt: null,
  stateCategory: 'open',
};
const opened: StateChange = { at: at('21 10:00'), category: 'open' };

describe('R2.4 deadlines of one request', () => {
  test('the first of them is the next, and its warning comes before it', () => {
    const counted = countDeadlines(fresh, [opened], policy, office);
    expect(counted.due).toEqual({ firstResponse: at('21 11:00'), update: null, resolution: at('21 18:00') });
    expect(counted.next).toEqual({ kind: 'firstResponse', at: at('21 11:00') });
    expect(counted.notices.map(({ kind, stage, at: when }) => [kind, stage, when])).toEqual([
      ['firstResponse', 'warning', at('21 10:30')],
      ['firstResponse', 'escalation', at('21 11:00')],
      ['resolution', 'warning', at('21 17:30')],
      ['resolution', 'escalation', at('21 18:00')],
    ]);
  });

  test('after a reply the customer waits for the next update, until it is done', () => {
    const replied = { ...fresh, firstRespondedAt: at('21 10:20'), customerWaitsSince: at('21 15:00') };
    const counted = countDeadlines(replied, [opened], policy, office);
    expect(counted).toMatchObject({ responseMinutes: 20, respondedInTime: true });
    expect(counted.due.update).toEqual(at('22 10:00'));
    expect(counted.next?.kind).toBe('resolution');
    const done: StateChange = { at: at('22 16:00'), category: 'done' };
    const closed = { ...replied, closedAt: done.at, stateCategory: 'done' } as const;
    expect(countDeadlines(closed, [opened, done], policy, office)).toMatchObject({
      ...{ due: { update: null }, next: null, notices: [], resolutionMinutes: 900, resolvedInTime: false },
    });
  });

  test('who closes without a reply has responded, also when a reply comes after it', () => {
    const done: StateChange = { at: at('21 10:40'), category: 'done' };
    const closed = { ...fresh, closedAt: done.at, stateCategory: 'done' } as const;
    const counted = countDeadlines(closed, [opened, done], policy, office);
    expect(counted).toMatchObject({ responseMinutes: 40, respondedInTime: true });
    const later = countDeadlines(
      { ...closed, firstRespondedAt: at('23 10:00') },
      [opened, done],
      policy,
      office,
    );
    expect(later).toMatchObject({ responseMinutes: 40, respondedInTime: true });
  });

  test('what was told is not told again, and after an escalation no warning comes', () => {
    const told = { kind: 'firstResponse', stage: 'escalation', deadline: at('21 11:00') } as const;
    const counted = countDeadlines(fresh, [opened], policy, office, [told]);
    expect(counted.notices.map(({ kind }) => kind)).toEqual(['resolution', 'resolution']);
    const moved = countDeadlines(fresh, [opened], policy, office, [{ ...told, deadline: at('21 11:30') }]);
    expect(moved.notices).toHaveLength(4);
  });

  test('while it waits nobody is told, and deadlines ahead are open', () => {
    const waiting: StateChange = { at: at('21 10:10'), category: 'waiting' };
    const counted = countDeadlines({ ...fresh, stateCategory: 'waiting' }, [opened, waiting], policy, office);
    expect(counted).toMatchObject({
      next: null,
      notices: [],
      due: { firstResponse: null, resolution: null },
    });
  });

  test('a target that no five years hold gives no deadline', () => {
    const hardlyOpen = calendarOf('Asia/Shanghai', { monday: '9:00-9:01' });
    const counted = countDeadlines(
      fresh,
      [opened],
      { ...policy, targets: { ...policy.targets, resolution: 100_000 } },
      hardlyOpen,
    );
    expect(counted.due.resolution).toBeNull();
  });

  test('without targets there are times and no judgement', () => {
    const none = { targets: { firstResponse: null, update: null, resolution: null }, warningMinutes: 30 };
    const counted = countDeadlines({ ...fresh, firstRespondedAt: at('21 10:20') }, [opened], none, office);
    expect(counted).toMatchObject({ next: null, notices: [], responseMinutes: 20, respondedInTime: null });
  });
});

const first = Date.UTC(2026, 0, 1);
const days = Array.from({ length: 120 }, (_, day) => dayText(first / dayMillis + day));
const anyRequest = fc
  .record({
    zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York'),
    received: fc.integer({ min: first, max: first + 60 * dayMillis }),
    steps: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 5 * 24 * 60 }), fc.constantFrom('open', 'waiting', 'done')),
      { maxLength: 6 },
    ),
    reply: fc.option(fc.integer({ min: 0, max: 10 * 24 * 60 })),
    word: fc.option(fc.integer({ min: 0, max: 10 * 24 * 60 })),
    target: fc.integer({ min: 1, max: 5_000 }),
    warningMinutes: fc.integer({ min: 0, max: 600 }),
  })
  .chain(({ zone, ...facts }) => anyCalendar(zone, days).map((calendar) => ({ ...facts, calendar })))
  .map(({ received, steps, reply, word, calendar, target, warningMinutes }) => {
    let moment = received;
    const history: StateChange[] = [{ at: new Date(received), category: 'open' }];
    for (const [minutes, category] of steps) {
      moment += minutes * 60_000;
      history.push({ at: new Date(moment), category });
    }
    const last = history.at(-1) ?? { at: new Date(received), category: 'open' };
    const after = (minutes: number | null): Date | null =>
      minutes === null ? null : new Date(received + minutes * 60_000);
    const request: CountedRequest = {
      ...{ receivedAt: new Date(received), firstRespondedAt: after(reply), customerWaitsSince: after(word) },
      ...{ closedAt: last.category === 'done' ? last.at : null, stateCategory: last.category },
    };
    const targets = { firstResponse: target, update: target, resolution: target * 2 };
    return { request, history, calendar, policy: { targets, warningMinutes } };
  });

describe(`R2.4 laws of deadlines (seed ${seed})`, () => {
  const check = (law: (counted: ReturnType<typeof countDeadlines>, facts: Facts) => void): void =>
    fc.assert(
      fc.property(anyRequest, (facts) => {
        law(countDeadlines(facts.request, facts.history, facts.policy, facts.calendar), facts);
      }),
      { seed, numRuns },
    );
  type Facts = typeof anyRequest extends fc.Arbitrary<infer Value> ? Value : never;

  test('in time is what ended by its deadline', () => {
    check((counted, { request }) => {
      if (request.closedAt && counted.due.resolution)
        expect(counted.resolvedInTime).toBe(request.closedAt <= counted.due.resolution);
      expect(counted.resolutionMinutes === null).toBe(request.closedAt === null);
      if (counted.respondedInTime === false) expect(counted.responseMinutes).not.toBeNull();
    });
  });

  test('more than the target is late, less is in time', () => {
    check((counted, { policy: { targets } }) => {
      const { resolutionMinutes: taken, resolvedInTime } = counted;
      if (taken !== null && taken > targets.resolution) expect(resolvedInTime).toBe(false);
      if (taken !== null && taken < targets.resolution) expect(resolvedInTime).toBe(true);
    });
  });

  test('the next is the earliest that is not met, and none is left when it is done', () => {
    check((counted, { request }) => {
      const ahead = deadlineKinds.flatMap((kind) => {
        const isMet = kind === 'firstResponse' && counted.responseMinutes !== null;
        return isMet || request.closedAt ? [] : (counted.due[kind] ?? []);
      });
      expect(counted.next?.at.getTime()).toBe(ahead.length > 0 ? Math.min(...ahead.map(Number)) : undefined);
    });
  });

  test('notices come in order, warnings before their deadlines, and only while work goes on', () => {
    check(({ notices }, { request, calendar, policy: { warningMinutes } }) => {
      if (request.stateCategory !== 'open') expect(notices).toEqual([]);
      for (const [place, notice] of notices.entries()) {
        expect(Number(notice.at)).toBeGreaterThanOrEqual(Number(notices[place - 1]?.at ?? 0));
        if (notice.stage === 'escalation') expect(notice.at).toEqual(notice.deadline);
        else expect(workingTimeBetween(calendar, notice.at, notice.deadline)).toBeCloseTo(warningMinutes, 6);
      }
    });
  });

  test('telling one after the other ends, and tells each once', () => {
    check(({ notices }, { request, history, policy: rules, calendar }) => {
      const told = notices.slice(0, 1);
      const rest = countDeadlines(request, history, rules, calendar, told).notices;
      expect(rest.length).toBeLessThanOrEqual(Math.max(0, notices.length - 1));
      expect(countDeadlines(request, history, rules, calendar, notices).notices).toEqual([]);
    });
  });

  test('counting twice gives the same', () => {
    check((counted, { request, history, policy: rules, calendar }) => {
      expect(countDeadlines(request, history, rules, calendar)).toEqual(counted);
    });
  });
});
