import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { formatDateTime } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { ReminderSettings } from './calendar-feeds.queries.js';

export interface RemindersView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly digest: readonly FieldView[];
  /** Says that there is no address to write to; '' when there is one. */
  readonly addressMissing: string;
  /** The calendar's address, shown once when it was made; '' at all other times. */
  readonly calendarAddress: string;
  /** Since when there is a calendar; '' when there is none. */
  readonly calendarSince: string;
  readonly newFeedId: string;
}

/** How the viewer is reminded of follow-ups: the morning e-mail, and the private calendar. */
export function remindersView(
  { t, locale, deps }: ViewerContext,
  settings: ReminderSettings,
  token?: string,
): RemindersView {
  const title = t('reminders.title');
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: '',
      trail: [{ label: t('auth.profile'), href: '/profile' }],
      actions: [],
    },
    digest: formView(
      t,
      [
        {
          name: 'wantsDigest',
          label: 'reminders.wantsDigest',
          kind: 'checkbox',
          help: 'reminders.wantsDigestHelp',
        },
      ],
      { wantsDigest: settings.wants_digest },
    ).fields,
    addressMissing: settings.email === null ? t('reminders.addressMissing') : '',
    calendarAddress: token === undefined ? '' : `${deps.config.baseUrl}/p/calendar/${token}`,
    calendarSince:
      settings.feed_since === null
        ? ''
        : t('reminders.calendarSince', { time: formatDateTime(settings.feed_since, locale) }),
    newFeedId: newId(),
  };
}
