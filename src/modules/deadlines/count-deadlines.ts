import {
  subtractWorkingTime,
  workingTimeBetween,
  WorkingTimeTooFar,
} from '../../core/working-time/add-working-time.js';
import {
  deadline,
  pausesOf,
  stopsOf,
  type Pause,
  type StateCategory,
  type StateChange,
} from '../../core/working-time/pauses.js';
import type { WorkingCalendar } from '../../core/working-time/working-calendar.js';
import type { DeadlinePolicy } from '../deadline-policies/deadline-policy.js';
import { deadlineKinds, type DeadlineKind } from './deadline-kind.js';

/** What of a request its deadlines depend on. */
export interface CountedRequest {
  readonly receivedAt: Date;
  readonly firstRespondedAt: Date | null;
  readonly customerWaitsSince: Date | null;
  readonly closedAt: Date | null;
  readonly stateCategory: StateCategory;
}

/** Somebody was told about a deadline of a request. */
export interface Notice {
  readonly kind: DeadlineKind;
  readonly stage: 'warning' | 'escalation';
  readonly deadline: Date;
}

/** A notice and when it is due. */
export interface DueNotice extends Notice {
  readonly at: Date;
}

/** From when to when something counts; `end` is null while it goes on. */
export interface Clock {
  readonly start: Date;
  readonly end: Date | null;
}

/** What the deadlines of a request come to. Minutes are working minutes, begun ones included. */
export interface Deadlines {
  readonly due: Readonly<Record<DeadlineKind, Date | null>>;
  readonly next: { readonly kind: DeadlineKind; readonly at: Date } | null;
  /** In order; without those that were given. */
  readonly notices: readonly DueNotice[];
  readonly responseMinutes: number | null;
  readonly respondedInTime: boolean | null;
  readonly resolutionMinutes: number | null;
  readonly resolvedInTime: boolean | null;
}

/** How the deadlines of a request stand that no policy is for. */
export const noDeadlines: Deadlines = {
  due: { firstResponse: null, update: null, resolution: null },
  next: null,
  notices: [],
  responseMinutes: null,
  respondedInTime: null,
  resolutionMinutes: null,
  resolvedInTime: null,
};

/** The deadlines of a request by a policy and its calendar, from its whole history; the same facts give the same result. */
export function countDeadlines(
  request: CountedRequest,
  history: readonly StateChange[],
  policy: Pick<DeadlinePolicy, 'targets' | 'warningMinutes'>,
  calendar: WorkingCalendar,
  given: readonly Notice[] = [],
): Deadlines {
  const pauses = pausesOf(history);
  const clocks = clocksOf(request, history);
  const due = {
    firstResponse: dueAt(calendar, clocks.firstResponse, policy.targets.firstResponse, pauses),
    update: dueAt(calendar, clocks.update, policy.targets.update, pauses),
    resolution: dueAt(calendar, clocks.resolution, policy.targets.resolution, pauses),
  };
  const ahead = deadlineKinds
    .flatMap((kind) => {
      const [clock, at] = [clocks[kind], due[kind]];
      return clock?.end === null && at ? [{ kind, at, start: clock.start }] : [];
    })
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const first = ahead[0];
  return {
    due,
    next: first ? { kind: first.kind, at: first.at } : null,
    notices:
      request.stateCategory === 'open'
        ? ahead
            .flatMap((one) => noticesOf(calendar, one, policy.warningMinutes))
            .filter((notice) => !given.some((other) => makesNeedless(other, notice)))
            .toSorted((left, right) => left.at.getTime() - right.at.getTime())
        : [],
    responseMinutes: minutesTaken(calendar, clocks.firstResponse, pauses),
    respondedInTime: wasInTime(clocks.firstResponse, due.firstResponse),
    resolutionMinutes: minutesTaken(calendar, clocks.resolution, pauses),
    resolvedInTime: wasInTime(clocks.resolution, due.resolution),
  };
}

/**
 * What counts for each deadline. Who closes without a reply has responded by closing, and reopening takes that back no
 * more than it gives time back.
 */
export function clocksOf(
  request: CountedRequest,
  history: readonly StateChange[],
): Readonly<Record<DeadlineKind, Clock | null>> {
  const { receivedAt: start, firstRespondedAt, customerWaitsSince, closedAt } = request;
  const responses = [
    firstRespondedAt,
    closedAt,
    ...history.filter(({ category }) => category === 'done').map(({ at }) => at),
  ].flatMap((at) => at ?? []);
  return {
    firstResponse: {
      start,
      end: responses.length > 0 ? new Date(Math.min(...responses.map(Number))) : null,
    },
    update:
      customerWaitsSince && request.stateCategory !== 'done'
        ? { start: customerWaitsSince, end: null }
        : null,
    resolution: { start, end: closedAt },
  };
}

/** Pauses as they stood when a clock ended. */
export const pausesWithin = ({ end }: Clock, pauses: readonly Pause[]): readonly Pause[] =>
  end === null
    ? pauses
    : pauses
        .filter(({ from }) => from < end)
        .map(({ from, to }) => ({ from, to: to !== null && to < end ? to : end }));

function dueAt(
  calendar: WorkingCalendar,
  clock: Clock | null,
  target: number | null,
  pauses: readonly Pause[],
): Date | null {
  if (!clock || target === null) return null;
  try {
    return deadline(calendar, clock.start, target, pausesWithin(clock, pauses)) ?? null;
  } catch (error) {
    // A policy that promises so little is refused, but its calendar may lose hours later.
    if (error instanceof WorkingTimeTooFar) return null;
    throw error;
  }
}

function minutesTaken(
  calendar: WorkingCalendar,
  clock: Clock | null,
  pauses: readonly Pause[],
): number | null {
  if (!clock?.end) return null;
  const { start, end } = clock;
  const paused = stopsOf(pausesWithin(clock, pauses)).closed.reduce(
    (sum, { from, to }) =>
      sum + millisBetween(calendar, new Date(Math.max(from, start.getTime())), new Date(to)),
    0,
  );
  return Math.ceil((millisBetween(calendar, start, end) - paused) / 60_000);
}

const millisBetween = (calendar: WorkingCalendar, from: Date, to: Date): number =>
  Math.round(workingTimeBetween(calendar, from, to) * 60_000);

const wasInTime = (clock: Clock | null, due: Date | null): boolean | null =>
  clock?.end && due ? clock.end <= due : null;

interface Ahead {
  readonly kind: DeadlineKind;
  readonly at: Date;
  readonly start: Date;
}

/** A warning, unless it would come before the clock has run at all, and an escalation. */
function noticesOf(
  calendar: WorkingCalendar,
  { kind, at, start }: Ahead,
  warningMinutes: number,
): DueNotice[] {
  const escalation = { kind, stage: 'escalation', deadline: at, at } as const;
  if (warningMinutes === 0) return [escalation];
  const warnAt = workingMomentBefore(calendar, at, warningMinutes);
  return warnAt > start ? [{ kind, stage: 'warning', deadline: at, at: warnAt }, escalation] : [escalation];
}

function workingMomentBefore(calendar: WorkingCalendar, end: Date, minutes: number): Date {
  try {
    return subtractWorkingTime(calendar, end, minutes);
  } catch (error) {
    if (error instanceof WorkingTimeTooFar) return new Date(0);
    throw error;
  }
}

/** The same notice was given, or the deadline was reported as missed already. */
const makesNeedless = (given: Notice, notice: Notice): boolean =>
  given.kind === notice.kind &&
  given.deadline.getTime() === notice.deadline.getTime() &&
  (given.stage === notice.stage || given.stage === 'escalation');
