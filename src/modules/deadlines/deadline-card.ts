import type { ViewerContext } from '../../core/context.js';
import { formatDateTime } from '../../core/format.js';
import { workingTimeBetween, WorkingTimeTooFar } from '../../core/working-time/add-working-time.js';
import { explainDeadline, type DeadlineExplanation } from '../../core/working-time/explain.js';
import { pausesOf } from '../../core/working-time/pauses.js';
import { calendarName } from '../working-calendars/calendar-name.js';
import { policyName } from '../deadline-policies/policy-name.js';
import { clocksOf, pausesWithin, type Clock } from './count-deadlines.js';
import type { StoredBasis } from './deadline-basis.queries.js';
import { deadlineKinds, type DeadlineKind } from './deadline-kind.js';
import { dueBadge, dueText } from './due-text.js';
import { durationText } from './duration-text.js';
import { sumText } from './sum-text.js';

export interface DeadlineRowView {
  readonly label: string;
  /** Met, missed, or how long is left. */
  readonly status: string;
  readonly badge: ReturnType<typeof dueBadge>;
  /** When it is due; '' while that is not known. */
  readonly due: string;
  /** How much working time is left, or was used; '' where neither can be said. */
  readonly worked: string;
  /** The sum behind the deadline; '' where there is none. */
  readonly sum: string;
}

export interface DeadlineCardView {
  /** What it was counted by; '' without a policy. */
  readonly basis: string;
  /** Says why there are no rows; '' where there are. */
  readonly empty: string;
  readonly rows: readonly DeadlineRowView[];
}

/** The deadlines on the record of a request: when, how long still, how they were met, and the sum in words. */
export function deadlineCard(context: ViewerContext, stored: StoredBasis | undefined): DeadlineCardView {
  const { t } = context;
  if (!stored?.basis) return { basis: '', empty: t('deadlines.noPolicy'), rows: [] };
  const { basis } = stored;
  const calendar = calendarName(t, {
    name: stored.calendar_name ?? '',
    shippedKey: stored.calendar_shipped_key,
  });
  return {
    basis: t('deadlines.basis', { policy: policyName(t, basis.policyName), calendar }),
    empty: '',
    rows: deadlineKinds.flatMap((kind) => row(context, kind, stored) ?? []),
  };
}

function row(context: ViewerContext, kind: DeadlineKind, stored: StoredBasis): DeadlineRowView | undefined {
  const { t, locale } = context;
  const target = stored.basis?.targets[kind] ?? null;
  const clock = clocksOf(stored.counted.request, stored.counted.history)[kind];
  if (target === null || !clock) return undefined;
  const due = dueOf(stored, kind);
  const explained = explanation(stored, clock, target);
  const isCurrent = (explained?.deadline?.getTime() ?? null) === (due?.getTime() ?? null);
  return {
    label: t(`deadlines.kind.${kind}`),
    ...statusOf(context, stored, kind, clock),
    due: due ? t('deadlines.dueAt', { time: formatDateTime(due, locale) }) : '',
    worked: workedText(context, stored, kind, clock),
    sum: !explained ? '' : isCurrent ? sumText(context, target, explained) : t('deadlines.calendarChanged'),
  };
}

const dueOf = (stored: StoredBasis, kind: DeadlineKind): Date | null =>
  ({
    firstResponse: stored.first_response_due_at,
    update: stored.update_due_at,
    resolution: stored.resolution_due_at,
  })[kind];

function explanation(stored: StoredBasis, clock: Clock, target: number): DeadlineExplanation | undefined {
  if (!stored.calendar) return undefined;
  const pauses = pausesWithin(clock, pausesOf(stored.counted.history));
  try {
    return explainDeadline(stored.calendar, clock.start, target, pauses);
  } catch (error) {
    if (error instanceof WorkingTimeTooFar) return undefined;
    throw error;
  }
}

function statusOf(
  { t, deps }: ViewerContext,
  stored: StoredBasis,
  kind: DeadlineKind,
  clock: Clock,
): Pick<DeadlineRowView, 'status' | 'badge'> {
  if (clock.end === null) {
    const { stateCategory } = stored.counted.request;
    const { text, tone } = dueText(t, deps.now(), { stateCategory, nextDueAt: dueOf(stored, kind) });
    return { status: text, badge: dueBadge(tone) };
  }
  const wasInTime = kind === 'firstResponse' ? stored.responded_in_time : stored.resolved_in_time;
  return wasInTime === false
    ? { status: t('deadlines.missed'), badge: 'red' }
    : { status: t('deadlines.met'), badge: 'green' };
}

function workedText(
  { t, deps }: ViewerContext,
  stored: StoredBasis,
  kind: DeadlineKind,
  { end }: Clock,
): string {
  const due = dueOf(stored, kind);
  if (end !== null) {
    const taken = kind === 'firstResponse' ? stored.response_minutes : stored.resolution_minutes;
    return taken === null ? '' : t('deadlines.taken', { length: durationText(t, taken) });
  }
  if (!due || !stored.calendar || due <= deps.now()) return '';
  const left = workingTimeBetween(stored.calendar, deps.now(), due);
  return t('deadlines.workingTimeLeft', { length: durationText(t, left) });
}
