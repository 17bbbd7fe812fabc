import type { Translate } from '../../core/i18n.js';
import { calendarText, type CalendarEntry } from './icalendar.js';
import type { FeedEntry, FeedOwner } from './calendar-feeds.queries.js';
import { zonedMoment } from './zoned-time.js';

/**
 * A user's follow-ups as a calendar. It leaves the product for whatever keeps the user's calendar, so it names the
 * customer and what is to be done, and nothing that reaches them.
 */
export function calendarFeedText(
  t: Translate,
  baseUrl: string,
  owner: FeedOwner,
  entries: readonly FeedEntry[],
): string {
  const { host } = new URL(baseUrl);
  return calendarText(
    t('calendar.name', { name: owner.name }),
    entries.map((entry): CalendarEntry => {
      const url = `${baseUrl}/follow-ups/${entry.id}`;
      return {
        uid: `follow-up-${entry.id}@${host}`,
        sequence: entry.version - 1,
        changedAt: entry.updated_at,
        start:
          entry.due_minute === null
            ? entry.due_on
            : zonedMoment({ day: entry.due_on, minute: entry.due_minute }),
        title: t('calendar.entry', { customer: entry.customer_name, action: entry.action }),
        description: `${entry.customer_no}\n${url}`,
        url,
      };
    }),
  );
}
