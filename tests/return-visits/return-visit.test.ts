import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import { afterAttempt, firstAttemptOn, windowAfter } from '../../src/modules/return-visits/return-visit.js';
import { periodOf } from '../../src/modules/return-visits/nightly-return-visits.service.js';

const day = fc.integer({ min: 0, max: 3_000 }).map((count) => addDays('2023-01-01', count));
const rule = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 20 }),
  retryDays: fc.integer({ min: 1, max: 90 }),
});
const plan = fc.record({
  daysAfter: fc.integer({ min: 0, max: 400 }),
  windowDays: fc.integer({ min: 1, max: 90 }),
});

describe('R2.7 the days of return visits', () => {
  test('tried again and again, it comes back after the days of its plan and is one to win back after the last attempt', () => {
    fc.assert(
      fc.property(rule, day, (attemptRule, today) => {
        let attempts = 0;
        for (let call = 1; call <= attemptRule.maxAttempts; call += 1) {
          const next = afterAttempt(attempts, today, attemptRule);
          expect(next.attempts).toBe(call);
          expect(next.nextAttemptOn > today).toBe(true);
          expect(addDays(next.nextAttemptOn, -attemptRule.retryDays)).toBe(today);
          expect(next.isToWinBack).toBe(call === attemptRule.maxAttempts);
          attempts = next.attempts;
        }
      }),
    );
  });

  test('the window is as long as the plan says, and nobody is called before it opens', () => {
    fc.assert(
      fc.property(plan, day, day, (windowRule, occasion, today) => {
        const window = windowAfter(occasion, windowRule);
        expect(window.from).toBe(addDays(occasion, windowRule.daysAfter));
        expect(addDays(window.from, windowRule.windowDays - 1)).toBe(window.to);
        const first = firstAttemptOn(window, today);
        expect(first >= window.from && first >= today).toBe(true);
        expect([window.from, today]).toContain(first);
      }),
    );
  });

  test('no occasion is followed whose window is over', () => {
    fc.assert(
      fc.property(plan, day, fc.constantFrom('rhythm', 'afterPurchase'), (windowRule, today, trigger) => {
        const { from, to } = periodOf({ ...windowRule, trigger, since: '2020-01-01' }, today);
        expect(windowAfter(from, windowRule).to >= today).toBe(true);
        expect(to <= today).toBe(true);
        if (trigger === 'rhythm') expect(windowAfter(to, windowRule).from).toBe(today);
      }),
    );
  });
});
