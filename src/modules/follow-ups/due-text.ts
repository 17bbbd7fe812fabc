import type { ViewerContext } from '../../core/context.js';
import { dayOf, formatDay, formatRelative } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import { clockText } from './clock-time.js';
import { dueBucketOf } from './due-days.js';

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** When a follow-up is due, as seen from today: "today 15:30", "2 days ago"; the exact day on hover. */
export function dueText(
  { t, locale, deps }: ViewerContext,
  { due_on, due_minute }: { readonly due_on: string; readonly due_minute: number | null },
): { readonly text: string; readonly title: string } {
  const today = dayOf(deps.now());
  const day =
    due_on === today ? t('followUps.due.today') : formatRelative(midnight(due_on), midnight(today), locale);
  const time = clockText(due_minute);
  return {
    text: `${day} ${time}`.trim(),
    title: `${formatDay(due_on, locale)} ${time}`.trim(),
  };
}

/** The same as a cell: red when overdue, yellow when it is today; a finished one has no hurry. */
export function dueCell(
  context: ViewerContext,
  followUp: { readonly due_on: string; readonly due_minute: number | null; readonly state?: string },
): CellView {
  const { text, title } = dueText(context, followUp);
  if (followUp.state !== undefined && followUp.state !== 'open') return { text: title };
  const bucket = dueBucketOf(followUp.due_on, dayOf(context.deps.now()));
  if (bucket === 'overdue') return { text, title, badge: 'red' };
  return bucket === 'today' ? { text, title, badge: 'yellow' } : { text, title };
}
