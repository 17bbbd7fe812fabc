import type { ViewerContext } from '../../../core/context.js';
import type { Problem } from '../../../core/errors.js';
import { formView, type FormValues } from '../../../core/form.js';
import { formatDateTime, formatNumber, formatRelative } from '../../../core/format.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { CellView } from '../../../core/lists/list-view.js';
import type { ListResult } from '../../../core/lists/list.js';
import { activeFilters } from '../active-filters.js';
import {
  pageHeader,
  type AdminFormView,
  type AdminListView,
  type AdminRecordView,
  type ButtonView,
} from '../admin-pages.js';
import {
  defaultOutboxOrder,
  type MessageRecord,
  type MessageRow,
  type OpenedMessage,
} from './outbox.queries.js';
import { outboxStates, retriableStates, type OutboxQuery } from './outbox.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'subject', label: 'outbox.subject' },
  { name: 'recipient', label: 'outbox.recipient' },
  { name: 'state', label: 'outbox.state' },
  { name: 'attempts', label: 'outbox.attempts', numeric: true },
  { name: 'nextAttempt', label: 'outbox.nextAttempt' },
  { name: 'lastError', label: 'outbox.lastError' },
  { name: 'createdAt', label: 'outbox.createdAt', sort: 'createdAt' },
];

const badges = {
  queued: 'blue',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
  kept: 'yellow',
  expired: 'secondary',
} as const;

/** The messages that left, wait, or were refused. */
export function outboxView(
  context: ViewerContext,
  query: OutboxQuery,
  result: ListResult<MessageRow>,
): AdminListView {
  const { t, locale, deps } = context;
  const title = t('navigation.outbox');
  const options = outboxStates.map((state) => ({ value: state, label: t(`outbox.state.${state}`) }));
  const filters = formView(t, [{ name: 'state', label: 'outbox.state', kind: 'select', options }], {
    ...query,
  }).fields;
  const list = listView({
    t,
    locale,
    path: '/admin/outbox',
    query: query.q ?? '',
    searchPlaceholder: 'outbox.searchPlaceholder',
    order: query.sort ?? defaultOutboxOrder,
    defaultOrder: defaultOutboxOrder,
    filters,
    activeFilters: activeFilters(filters, locale),
    columns,
    result,
    row: (row) => ({ href: `/admin/outbox/${row.id}`, cells: cells(context, row) }),
    empty: {
      title: t('outbox.empty'),
      hint: t('outbox.emptyHint'),
      actionLabel: t('outbox.test'),
      actionHref: '/admin/outbox/test-message',
    },
  });
  const write = {
    label: t('outbox.test'),
    href: '/admin/outbox/test-message',
    icon: 'mail',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  return {
    title,
    header: pageHeader(title, { count: list.count, actions: [write] }),
    notice: deps.config.smtpUrl ? '' : t('outbox.keptNotice'),
    list,
  };
}

function cells({ t, locale, deps }: ViewerContext, row: MessageRow): CellView[] {
  const moment = (at: Date): CellView => ({
    text: formatRelative(at, deps.now(), locale),
    title: formatDateTime(at, locale),
  });
  return [
    { text: row.subject },
    { text: row.recipient_masked },
    { text: t(`outbox.state.${row.state}`), badge: badges[row.state] },
    { text: formatNumber(row.attempts, locale), numeric: true },
    row.state === 'queued' ? moment(row.next_attempt_at) : { text: '' },
    { text: row.state === 'sent' ? '' : (row.last_error ?? '') },
    moment(row.created_at),
  ];
}

/** One message; `opened` once the viewer asked for its text. */
export function messageView(
  context: ViewerContext,
  message: MessageRecord,
  opened?: OpenedMessage,
): AdminRecordView {
  const { t, locale, deps } = context;
  return {
    title: message.subject,
    header: pageHeader(message.subject, {
      trail: [{ label: t('navigation.outbox'), href: '/admin/outbox' }],
    }),
    notice: message.state === 'kept' && !deps.config.smtpUrl ? t('outbox.keptNotice') : '',
    definitions: [
      {
        label: t('outbox.state'),
        value: { text: t(`outbox.state.${message.state}`), badge: badges[message.state] },
      },
      { label: t('outbox.recipient'), value: { text: opened?.recipient ?? message.recipient_masked } },
      { label: t('outbox.attempts'), value: { text: formatNumber(message.attempts, locale) } },
      { label: t('outbox.lastError'), value: { text: message.last_error ?? '' } },
      ...(message.state === 'queued'
        ? [
            {
              label: t('outbox.nextAttempt'),
              value: { text: formatDateTime(message.next_attempt_at, locale) },
            },
          ]
        : []),
      { label: t('outbox.createdAt'), value: { text: formatDateTime(message.created_at, locale) } },
      {
        label: t('outbox.sentAt'),
        value: { text: message.sent_at ? formatDateTime(message.sent_at, locale) : '' },
      },
    ],
    buttons: buttons(context, message, opened !== undefined),
    text: opened && { title: t('outbox.text'), text: opened.text },
    sections: [],
  };
}

function buttons(
  { t, deps }: ViewerContext,
  message: MessageRecord & { id: string },
  isOpen: boolean,
): ButtonView[] {
  const path = `/admin/outbox/${message.id}`;
  const found: ButtonView[] = [];
  if (message.state === 'kept' && !isOpen)
    found.push({ action: `${path}/reading`, label: t('outbox.read'), spokenLabel: '' });
  if (deps.config.smtpUrl && retriableStates.some((state) => state === message.state)) {
    found.push({ action: `${path}/delivery`, label: t('outbox.deliver'), spokenLabel: '' });
  }
  return found;
}

/** The page that sends a test message. */
export function testMessageView(
  { t, deps }: ViewerContext,
  values: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = t('outbox.test');
  return {
    title,
    header: pageHeader(title, {
      trail: [{ label: t('navigation.outbox'), href: '/admin/outbox' }],
      subtitle: deps.config.smtpUrl ? t('outbox.testHint') : t('outbox.keptNotice'),
    }),
    editForm: {
      action: '/admin/outbox/test-message',
      form: formView(
        t,
        [{ name: 'address', label: 'outbox.address', kind: 'email', required: true, maxLength: 254 }],
        values,
        problems,
      ),
      hidden: [],
      submitLabel: t('outbox.sendTest'),
      cancelHref: '/admin/outbox',
    },
  };
}
