import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { dayOf, formatDateTime, formatDay, formatNumber } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import type { ListResult } from '../../core/lists/list.js';
import { can } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { pageHeader, type AdminListView } from '../admin/admin-pages.js';
import { typeName } from '../request-types/type-name.js';
import type { RequestChoices } from '../service-requests/request-choices.queries.js';
import { reasonText } from '../surveys/survey-reasons.js';
import { scoreText, surveyState, surveyStateColors } from './evaluation-text.js';
import {
  defaultEvaluationOrder,
  summaryReach,
  type EvaluationRow,
  type EvaluationSummary,
} from './evaluations.queries.js';
import { evaluationKinds, type EvaluationListQuery } from './evaluations.schemas.js';

export const evaluationsPath = '/evaluations';

/** With fewer answers a mean says nothing about a person. */
const fewestToCompare = 10;

const columns: readonly ListColumn[] = [
  { name: 'request', label: 'evaluations.request' },
  { name: 'closedAt', label: 'evaluations.closedAt', sort: 'closedAt' },
  { name: 'customer', label: 'evaluations.customer' },
  { name: 'staff', label: 'evaluations.staff' },
  { name: 'service', label: 'evaluations.service' },
  { name: 'person', label: 'evaluations.person' },
  { name: 'said', label: 'evaluations.said' },
  { name: 'state', label: 'evaluations.stateLabel' },
];

/** The list of evaluations, with what it adds up to. */
export function evaluationsIndexView(
  context: ViewerContext,
  query: EvaluationListQuery,
  result: ListResult<EvaluationRow>,
  { choices, summary }: { readonly choices: RequestChoices; readonly summary: EvaluationSummary },
): AdminListView {
  const { t, locale, viewer, deps } = context;
  const title = t('evaluations.title');
  const filters = evaluationFilters(context, query, choices);
  const list = listView({
    ...{ t, locale, path: evaluationsPath, query: query.q ?? '', columns, result, filters },
    searchPlaceholder: 'evaluations.searchPlaceholder',
    order: query.sort ?? defaultEvaluationOrder,
    defaultOrder: defaultEvaluationOrder,
    activeFilters: activeFilters(filters, locale),
    row: (row) => {
      const state = surveyState(row, deps.now());
      return {
        href: `/service-requests/${row.request_id}`,
        cells: [
          { text: `${row.request_no} ${typeName(t, { name: row.type_name, shippedKey: row.type_key })}` },
          { text: formatDay(dayOf(row.closed_at), locale), title: formatDateTime(row.closed_at, locale) },
          { text: `${row.customer_name} ${row.customer_no}` },
          { text: row.staff_name ?? '–' },
          { text: scoreText(t, row.service_score) },
          { text: scoreText(t, row.staff_score) },
          { text: saidText(context, row) },
          { text: t(`evaluations.state.${state}`), badge: surveyStateColors[state] },
        ],
      };
    },
    downloads: can(viewer, 'service-requests:export')
      ? [
          { label: 'Excel', href: `${evaluationsPath}.xlsx` },
          { label: 'CSV', href: `${evaluationsPath}.csv` },
        ]
      : [],
    empty: {
      title: t('evaluations.empty'),
      hint: t('evaluations.emptyHint'),
      actionLabel: '',
      actionHref: '',
    },
  });
  const rules = {
    label: t('surveys.rules'),
    href: '/admin/evaluation-rules',
    icon: 'settings',
    emphasis: 'plain',
    shortcut: '',
  } as const;
  return {
    title,
    header: pageHeader(title, {
      count: list.count,
      subtitle: summaryText(context, query, summary),
      actions: can(viewer, 'service-settings:manage') ? [rules] : [],
    }),
    notice:
      query.staff !== undefined && summary.answered < fewestToCompare
        ? t('evaluations.tooFew', { count: fewestToCompare })
        : '',
    list,
  };
}

/** Reasons, words, and how often the customer had second thoughts. */
function saidText({ t }: ViewerContext, row: EvaluationRow): string {
  const reasons = row.reasons.map((reason) => reasonText(t, reason)).join(t('auditLog.columnSeparator'));
  const corrections =
    row.correction_count === 0 ? '' : t('evaluations.corrections', { count: row.correction_count });
  return [reasons, row.comment ?? '', corrections].filter((part) => part !== '').join(' · ');
}

/** Every mean with the number of answers behind it. */
function summaryText(
  { t, locale }: ViewerContext,
  query: EvaluationListQuery,
  summary: EvaluationSummary,
): string {
  const mean = (value: number | null): string =>
    value === null ? '–' : formatNumber(Math.round(value * 10) / 10, locale);
  const { asked, answered, low, recovered } = summary;
  const reach = summary.surveys === summaryReach.surveys ? 'latest' : query.from ? 'chosen' : 'days';
  return t(`evaluations.summary.${reach}`, {
    days: summaryReach.days,
    surveys: formatNumber(summaryReach.surveys, locale),
    answered: formatNumber(answered, locale),
    asked: formatNumber(asked, locale),
    rate: asked === 0 ? 0 : Math.round((100 * answered) / asked),
    service: mean(summary.service_mean),
    staff: mean(summary.staff_mean),
    staffAnswers: formatNumber(summary.staff_count, locale),
    recovered: formatNumber(recovered, locale),
    low: formatNumber(low, locale),
  });
}

/** The filters of the list, as fields. */
export function evaluationFilters(
  { t }: ViewerContext,
  query: EvaluationListQuery,
  choices: RequestChoices,
): readonly FieldView[] {
  const named = (rows: readonly { readonly id: string; readonly name: string }[]) =>
    rows.map(({ id, name }) => ({ value: id, label: name }));
  const { kind, score, staff, type, branch, from, to } = query;
  return formView(
    t,
    [
      {
        ...{ name: 'kind', label: 'evaluations.show', kind: 'select' },
        options: evaluationKinds.map((each) => ({ value: each, label: t(`evaluations.kind.${each}`) })),
      },
      {
        ...{ name: 'score', label: 'evaluations.service', kind: 'select' },
        options: ['5', '4', '3', '2', '1'].map((each) => ({ value: each, label: each })),
      },
      { name: 'staff', label: 'evaluations.staff', kind: 'select', options: named(choices.people) },
      {
        ...{ name: 'type', label: 'evaluations.type', kind: 'select' },
        options: choices.types.map((each) => ({ value: each.id, label: typeName(t, each) })),
      },
      { name: 'branch', label: 'evaluations.branch', kind: 'select', options: named(choices.branches) },
      { name: 'from', label: 'evaluations.from', kind: 'date' },
      { name: 'to', label: 'evaluations.to', kind: 'date' },
    ],
    { kind, score, staff, type, branch, from, to },
  ).fields;
}
