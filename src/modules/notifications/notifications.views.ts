import type { ViewerContext } from '../../core/context.js';
import { formatCappedCount, formatDateTime, formatRelative } from '../../core/format.js';
import { isMessageKey } from '../../core/i18n.js';
import type { EmptyView } from '../../core/lists/list-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { bellCap, notificationsPerPage, type NotificationRow } from './notifications.queries.js';

export interface NotificationView {
  readonly id: string;
  readonly sentence: string;
  readonly when: string;
  readonly whenExact: string;
  readonly isUnread: boolean;
}

export interface NotificationsView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** How many follow-ups are due; '' when none is. */
  readonly dueText: string;
  readonly notifications: readonly NotificationView[];
  readonly hasUnread: boolean;
  readonly empty: EmptyView;
  readonly olderHref: string;
}

/** What is behind the bell: follow-ups that are due, and what others did that concerns the viewer. */
export function notificationsView(
  context: ViewerContext,
  rows: readonly NotificationRow[],
): NotificationsView {
  const { t, locale, viewer, deps } = context;
  const title = t('notifications.title');
  const shown = rows.slice(0, notificationsPerPage);
  const last = shown.at(-1);
  const due = can(viewer, 'follow-ups:manage') ? (viewer.reminders?.due ?? 0) : 0;
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: '',
      trail: [],
      actions: [
        {
          label: t('reminders.title'),
          href: '/profile/reminders',
          icon: 'settings',
          emphasis: 'plain',
          shortcut: '',
        },
      ],
    },
    dueText:
      due === 0 ? '' : t('notifications.due', { count: due, text: formatCappedCount(due, bellCap, locale) }),
    notifications: shown.map((row) => ({
      id: row.id,
      sentence: sentence(context, row),
      when: formatRelative(row.created_at, deps.now(), locale),
      whenExact: formatDateTime(row.created_at, locale),
      isUnread: row.read_at === null,
    })),
    hasUnread: (viewer.reminders?.unread ?? 0) > 0,
    empty: {
      title: t('notifications.empty'),
      hint: t('notifications.emptyHint'),
      actionLabel: '',
      actionHref: '',
    },
    olderHref:
      rows.length > notificationsPerPage && last
        ? `/notifications?before=${last.created_at.toISOString()}`
        : '',
  };
}

function sentence({ t }: ViewerContext, row: NotificationRow): string {
  const key = `notifications.kind.${row.kind}`;
  const customer = row.customer_name ?? t('notifications.hiddenCustomer');
  return isMessageKey(key) ? t(key, { ...row.params, customer }) : row.kind;
}
