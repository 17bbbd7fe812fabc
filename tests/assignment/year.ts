import { addWorkingTime } from '../../src/core/working-time/add-working-time.js';
import { dayMillis, dayNumber, dayText } from '../../src/core/working-time/calendar-days.js';
import { WorkingCalendar } from '../../src/core/working-time/working-calendar.js';
import { workingSpans } from '../../src/core/working-time/working-spans.js';
import type { RequestToAssign } from '../../src/modules/assignment/choose-assignee.js';
import { createRandom, type Random } from '../../src/modules/demo/random.js';

export const timeZone = 'Asia/Shanghai';
export const yearStart = Date.parse('2026-01-01T00:00:00+08:00');
export const stepMillis = 5 * 60_000;
/** The year, and three weeks in which what is left is worked off. */
export const stepCount = ((365 + 21) * dayMillis) / stepMillis;

export interface SimulatedStaff {
  readonly userId: string;
  readonly skillIds: readonly string[];
  readonly maximumOpen: number;
  readonly weight: number;
  /** 1 for each step of the year at which they are at work. */
  readonly isAtWork: Uint8Array;
  /** Days of the year, counted from 0, on which they are absent. */
  readonly absentDays: ReadonlySet<number>;
}

export interface SimulatedRequest extends RequestToAssign {
  readonly step: number;
  /** In milliseconds since 1970. */
  readonly dueAt: number;
  /** Work it takes, in steps. */
  readonly work: number;
}

const skillNames = ['colour', 'dogs', 'warranty'];
const shifts = {
  early: [
    { fromMinute: 480, toMinute: 720 },
    { fromMinute: 750, toMinute: 990 },
  ],
  late: [
    { fromMinute: 690, toMinute: 930 },
    { fromMinute: 960, toMinute: 1_200 },
  ],
  morning: [{ fromMinute: 480, toMinute: 720 }],
} as const;
const noHours = { windows: [], name: { en: 'Absent', 'zh-CN': '请假' } };

function calendarOf(
  windowsOf: (weekday: number) => readonly { fromMinute: number; toMinute: number }[],
  absentDays: readonly number[] = [],
): WorkingCalendar {
  const [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = [1, 2, 3, 4, 5, 6, 7].map(
    windowsOf,
  );
  return WorkingCalendar.parse({
    timeZone,
    weekly: { monday, tuesday, wednesday, thursday, friday, saturday, sunday },
    exceptions: Object.fromEntries(absentDays.map((day) => [dayText(day), noHours])),
  });
}

/** Twenty people: early and late shifts, some at weekends, some for half a day; holidays and sick days. */
export function createStaff(seed: string): SimulatedStaff[] {
  const random = createRandom(seed, 'staff');
  return Array.from({ length: 20 }, (_item, index) => {
    const isHalf = index >= 16;
    const pattern = isHalf ? shifts.morning : index % 2 === 0 ? shifts.early : shifts.late;
    const worksWeekends = index % 4 === 1;
    const absentDays = drawAbsentDays(random);
    const calendar = calendarOf(
      (weekday) => ((worksWeekends ? weekday >= 3 : weekday <= 5) ? pattern : []),
      [...absentDays].map((day) => dayNumber('2026-01-01') + day),
    );
    return {
      userId: `staff-${String(index).padStart(2, '0')}`,
      skillIds: skillNames.filter((_name, skill) => index % 3 === skill || random.chance(0.15)),
      maximumOpen: isHalf ? 5 : 10,
      weight: isHalf ? 50 : 100,
      isAtWork: stepsOf(calendar),
      absentDays,
    };
  });
}

function drawAbsentDays(random: Random): Set<number> {
  const stretches = [7, 9, 7, 1, 1, 1, 2].map((length) => ({ from: random.integer(0, 355), length }));
  return new Set(stretches.flatMap(({ from, length }) => Array.from({ length }, (_item, day) => from + day)));
}

function stepsOf(calendar: WorkingCalendar): Uint8Array {
  const steps = new Uint8Array(stepCount);
  for (const { from, to } of workingSpans(calendar, yearStart, yearStart + stepCount * stepMillis))
    steps.fill(1, (from - yearStart) / stepMillis, (to - yearStart) / stepMillis);
  return steps;
}

/** Requests per hour of the day and day of the week, Monday first, against others. */
const byHour = [1, 1, 0, 0, 0, 1, 3, 6, 10, 14, 14, 12, 8, 9, 12, 12, 11, 10, 9, 8, 6, 4, 3, 2];
const byWeekday = [14, 12, 11, 11, 13, 7, 5];
/** Working minutes until a request is due, with how many are so urgent. */
const targets = [
  { minutes: 120, share: 10 },
  { minutes: 480, share: 60 },
  { minutes: 1_440, share: 30 },
];

/** A year's requests in the order in which they come, due by the hours of the business. */
export function createRequests(seed: string, count: number): SimulatedRequest[] {
  const random = createRandom(seed, 'requests');
  const business = calendarOf(() => [{ fromMinute: 480, toMinute: 1_200 }]);
  const days = Array.from({ length: 365 }, (_item, day) => day);
  const hours = byHour.map((_weight, hour) => hour);
  const steps = Array.from({ length: count }, () => {
    // 1 January 2026 is a Thursday.
    const day = random.weighted(days, (one) => byWeekday[(one + 3) % 7] ?? 0);
    const minute = random.weighted(hours, (hour) => byHour[hour] ?? 0) * 60 + random.integer(0, 59);
    return (day * dayMillis) / stepMillis + Math.floor(minute / 5);
  });
  return steps
    .sort((left, right) => left - right)
    .map((step, index) => {
      const { minutes } = random.weighted(targets, ({ share }) => share);
      const needed = random.chance(0.55) ? [random.pick(skillNames)] : [];
      return {
        id: String(index),
        team: null,
        skills: needed.map((name) => ({ id: name, name })),
        preferred: null,
        branch: null,
        gaveBackIds: [],
        step,
        dueAt: addWorkingTime(business, new Date(yearStart + step * stepMillis), minutes).getTime(),
        // Exponential, 25 minutes on average.
        work: Math.max(1, Math.round(-5 * Math.log(1 - random.next()))),
      };
    });
}
