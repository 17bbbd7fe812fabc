import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { formatCappedCount, formatDateTime, formatRelative } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { CellView, ListView } from '../../core/lists/list-view.js';
import type { ListResult } from '../../core/lists/list.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { scopeOf } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { dueBuckets, type DueBucket } from './due-days.js';
import { dueCell } from './due-text.js';
import { bucketCap, defaultFollowUpOrder, type FollowUpRow } from './follow-up-list.queries.js';
import type { FollowUpOwner } from './follow-up-owners.queries.js';
import { followUpStates, snoozeDays, type FollowUpListQuery } from './follow-ups.schemas.js';

export interface SnoozeButtonView {
  readonly action: string;
  readonly days: string;
  readonly label: string;
  /** Says the customer too, for those who hear the page. */
  readonly spokenLabel: string;
}

export interface FollowUpRowView {
  readonly customer: { readonly name: string; readonly number: string; readonly href: string };
  readonly action: { readonly text: string; readonly href: string };
  readonly due: CellView;
  readonly snoozed: string;
  readonly lastContact: CellView;
  readonly owner: string;
  readonly doneLabel: string;
  /** None for a finished follow-up. */
  readonly snoozes: readonly SnoozeButtonView[];
}

export interface DueTabView {
  readonly label: string;
  /** '' when it is not known. */
  readonly count: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

export interface FollowUpsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly tabs: readonly DueTabView[];
  readonly list: ListView;
  /** Kept by the filter form. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly rows: readonly FollowUpRowView[];
}

const columns: readonly ListColumn[] = [
  { name: 'customer', label: 'followUps.customer' },
  { name: 'action', label: 'followUps.action' },
  { name: 'due', label: 'followUps.due', sort: 'due' },
  { name: 'lastContact', label: 'followUps.lastContact' },
  { name: 'owner', label: 'followUps.owner' },
];

/** The work list: what is to be done for whom, the most urgent first. */
export function followUpsView(
  context: ViewerContext,
  query: FollowUpListQuery,
  result: ListResult<FollowUpRow>,
  counts: ReadonlyMap<DueBucket, number>,
  others: readonly FollowUpOwner[],
): FollowUpsView {
  const { t, locale } = context;
  const filters = filterFields(context, query, others);
  const list = listView({
    t,
    locale,
    path: '/follow-ups',
    query: query.q ?? '',
    searchPlaceholder: 'followUps.searchPlaceholder',
    order: query.sort ?? defaultFollowUpOrder,
    defaultOrder: defaultFollowUpOrder,
    filters,
    activeFilters: [...dueFilter(context, query), ...activeFilters(filters, locale)],
    columns,
    result,
    row: () => ({ href: '', cells: [] }),
    empty: {
      title: t('followUps.empty'),
      hint: t('followUps.emptyHint'),
      actionLabel: t('navigation.customers'),
      actionHref: '/customers',
    },
  });
  const title = t('navigation.followUps');
  return {
    title,
    header: { title, count: list.count, subtitle: '', trail: [], actions: [] },
    tabs: tabs(context, query, counts),
    list,
    hidden: [...list.hidden, ...(query.due ? [{ name: 'due', value: query.due }] : [])],
    rows: result.rows.map((row) => rowView(context, row)),
  };
}

function rowView(context: ViewerContext, row: FollowUpRow & { readonly id: string }): FollowUpRowView {
  const { t, locale, deps } = context;
  return {
    customer: { name: row.customer_name, number: row.customer_no, href: `/customers/${row.customer_id}` },
    action: { text: row.action, href: `/follow-ups/${row.id}` },
    due: dueCell(context, row),
    snoozed: row.snooze_count === 0 ? '' : t('followUps.snoozed', { count: row.snooze_count }),
    lastContact:
      row.last_contact_at === null
        ? { text: '' }
        : {
            text: formatRelative(row.last_contact_at, deps.now(), locale),
            title: formatDateTime(row.last_contact_at, locale),
          },
    owner: row.owner_name,
    doneLabel: t('followUps.doneFor', { name: row.customer_name }),
    snoozes: row.state === 'open' ? snoozeButtons(context, row) : [],
  };
}

/** The buttons that put a follow-up off. */
export const snoozeButtons = (
  { t }: ViewerContext,
  followUp: { readonly id: string; readonly version: number; readonly customer_name: string },
): SnoozeButtonView[] =>
  snoozeDays.map((days) => ({
    action: `/follow-ups/${followUp.id}/snooze?version=${followUp.version}`,
    days,
    label: t(`followUps.snooze.${days}`),
    spokenLabel: t('followUps.snoozeFor', {
      delay: t(`followUps.snooze.${days}`),
      name: followUp.customer_name,
    }),
  }));

/** The tabs choose among open follow-ups; finished ones have no due day to look at. */
function tabs(
  { t, locale }: ViewerContext,
  query: FollowUpListQuery,
  counts: ReadonlyMap<DueBucket, number>,
): DueTabView[] {
  const kept = new URLSearchParams({
    ...(query.q ? { q: query.q } : {}),
    ...(query.owner ? { owner: query.owner } : {}),
    ...(query.state ? { state: query.state } : {}),
  });
  const href = (due?: DueBucket): string => {
    const parameters = new URLSearchParams(kept);
    if (due) parameters.set('due', due);
    const text = parameters.toString();
    return text === '' ? '/follow-ups' : `/follow-ups?${text}`;
  };
  const countText = (bucket: DueBucket): string => {
    const count = counts.get(bucket);
    return count === undefined ? '' : formatCappedCount(count, bucketCap, locale);
  };
  return [
    { label: t('followUps.due.all'), count: '', href: href(), isCurrent: !query.due },
    ...dueBuckets.map((bucket) => ({
      label: t(`followUps.due.${bucket}`),
      count: countText(bucket),
      href: href(bucket),
      isCurrent: query.due === bucket,
    })),
  ];
}

/** The chosen tab in words, so that every link of the list keeps it. */
const dueFilter = ({ t }: ViewerContext, { due }: FollowUpListQuery) =>
  due ? [{ parameter: 'due', value: due, label: `${t('followUps.due')}: ${t(`followUps.due.${due}`)}` }] : [];

function filterFields(
  { t, viewer }: ViewerContext,
  query: FollowUpListQuery,
  others: readonly FollowUpOwner[],
): readonly FieldView[] {
  const people = [
    { value: 'all', label: t('followUps.owner.all') },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const states = followUpStates.map((state) => ({ value: state, label: t(`followUps.state.${state}`) }));
  const seesOthers = scopeOf(viewer, 'follow-ups:manage') !== 'own';
  const mine = { value: '', label: t('followUps.owner.me') };
  const open = { value: '', label: t('followUps.state.open') };
  return formView(
    t,
    [
      ...(seesOthers
        ? [{ name: 'owner', label: 'followUps.owner', kind: 'select', options: [mine, ...people] } as const]
        : []),
      {
        name: 'state',
        label: 'followUps.state',
        kind: 'select',
        options: [open, ...states.filter(({ value }) => value !== 'open')],
      },
    ],
    {
      owner: query.owner === 'me' ? '' : (query.owner ?? ''),
      state: query.state === 'open' ? '' : (query.state ?? ''),
    },
  ).fields;
}
