import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/modules/follow-ups/due-days.js';
import {
  dueOccurrence,
  nextOccurrence,
  nextOccurrences,
  type Recurrence,
} from '../../src/modules/recurring-requests/recurrence.js';

const day = fc.integer({ min: 0, max: 1_500 }).map((count) => addDays('2023-11-01', count));
const rule: fc.Arbitrary<Recurrence> = fc.record({
  unit: fc.constantFrom('day', 'week', 'month'),
  every: fc.integer({ min: 1, max: 13 }),
  startsOn: day,
  endsOn: fc.constant(null),
});

const lastDateOfMonth = (text: string): number => {
  const [year = 0, month = 0] = text.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
};

/** Day by day: does it come on this one? */
function comesOn({ unit, every, startsOn }: Recurrence, text: string): boolean {
  if (text < startsOn) return false;
  if (unit !== 'month') {
    let passed = 0;
    for (let walked = startsOn; walked < text; walked = addDays(walked, 1)) passed += 1;
    return passed % (unit === 'week' ? every * 7 : every) === 0;
  }
  const [startYear = 0, startMonth = 0, startDate = 0] = startsOn.split('-').map(Number);
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number);
  const months = (year - startYear) * 12 + month - startMonth;
  return months % every === 0 && date === Math.min(startDate, lastDateOfMonth(text));
}

describe('R2.7 when a recurring request comes', () => {
  test('the next day is the first that a walk day by day finds', () => {
    fc.assert(
      fc.property(rule, day, (recurrence, after) => {
        const found = nextOccurrence(recurrence, after);
        let walked = addDays(after, 1);
        while (!comesOn(recurrence, walked)) walked = addDays(walked, 1);
        expect(found).toBe(walked);
      }),
      { numRuns: 150 },
    );
  });

  test('none comes after its end, and every one before it is kept', () => {
    fc.assert(
      fc.property(rule, day, day, (recurrence, after, endsOn) => {
        const endless = nextOccurrence(recurrence, after);
        const found = nextOccurrence({ ...recurrence, endsOn }, after);
        expect(found).toBe(endless !== undefined && endless <= endsOn ? endless : undefined);
      }),
    );
  });

  test('the 31st is the last day of short months and returns to the 31st', () => {
    const monthly = { unit: 'month', every: 1, startsOn: '2024-01-31', endsOn: null } as const;
    expect(nextOccurrences(monthly, '2024-01-30', 5)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-05-31',
    ]);
  });

  test('of missed days the latest is due, and the others are counted', () => {
    fc.assert(
      fc.property(
        rule,
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 400 }),
        (recurrence, first, late) => {
          const nextOn = nextOccurrence(recurrence, addDays(recurrence.startsOn, first - 1)) ?? '';
          const upTo = addDays(nextOn, late);
          const missed = [nextOn];
          for (;;) {
            const next = nextOccurrence(recurrence, missed.at(-1) ?? '') ?? '';
            if (next > upTo) break;
            missed.push(next);
          }
          const latest = missed.at(-1) ?? '';
          expect(dueOccurrence(recurrence, nextOn, upTo)).toEqual({
            day: latest,
            skipped: missed.length - 1,
            nextOn: nextOccurrence(recurrence, latest),
          });
          expect(dueOccurrence(recurrence, nextOn, addDays(nextOn, -1))).toBeUndefined();
        },
      ),
    );
  });

  test('after its end nothing is due but what came before it', () => {
    const weekly = { unit: 'week', every: 1, startsOn: '2024-03-01', endsOn: '2024-03-10' } as const;
    expect(dueOccurrence(weekly, '2024-03-01', '2024-04-01')).toEqual({
      day: '2024-03-08',
      skipped: 1,
      nextOn: null,
    });
    expect(dueOccurrence({ ...weekly, endsOn: '2024-03-05' }, '2024-03-08', '2024-04-01')).toBeUndefined();
  });
});
