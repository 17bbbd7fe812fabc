import type { ViewerContext } from '../../core/context.js';
import type { ExportFilter } from '../../core/exports/export-log.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import { maskText } from '../../core/mask.js';
import { planName } from '../return-visit-plans/plan-name.js';
import type { VisitChoices, VisitRow } from './return-visits-list.queries.js';
import type { ReturnVisitsQuery } from './return-visits.schemas.js';
import { describeVisitFilters } from './return-visits.views.js';

/** The columns of an export of return visits; contact data is in none. */
export const visitExportColumns = ({ t }: ViewerContext): readonly ExportColumn<VisitRow>[] => [
  { header: t('serviceRequests.requestNo'), kind: 'text', width: 16, value: (row) => row.request_no },
  { header: t('serviceRequests.customer'), kind: 'text', value: (row) => row.customer_name },
  { header: t('returnVisits.why'), kind: 'text', width: 40, value: (row) => row.subject },
  { header: t('returnVisits.windowFrom'), kind: 'date', value: (row) => row.window_from },
  { header: t('returnVisits.windowTo'), kind: 'date', value: (row) => row.window_to },
  { header: t('returnVisits.attempts'), kind: 'number', value: (row) => row.attempts },
  { header: t('returnVisits.nextAttempt'), kind: 'date', value: (row) => row.next_attempt_on },
  {
    header: t('returnVisits.outcome'),
    kind: 'text',
    value: (row) => (row.outcome === null ? null : t(`returnVisits.outcome.${row.outcome}`)),
  },
  { header: t('serviceRequests.assignee'), kind: 'text', value: (row) => row.owner_name },
  { header: t('customers.branch'), kind: 'text', value: (row) => row.branch_name },
  {
    header: t('returnVisits.plan'),
    kind: 'text',
    value: (row) => (row.plan_name === null ? null : planName(t, row.plan_name)),
  },
];

/** The tab and the filters of the list in words. A search may be for contact data: the log gets it masked. */
export function visitExportFilters(
  context: ViewerContext,
  query: ReturnVisitsQuery,
  choices: VisitChoices,
): ExportFilter[] {
  const search = (text: string): string => context.t('exports.search', { text });
  return [
    { words: context.t(`returnVisits.group.${query.group ?? 'today'}`) },
    ...(query.q ? [{ words: search(query.q), loggedWords: search(maskText(query.q)) }] : []),
    ...describeVisitFilters(context, query, choices).map(({ label }) => ({ words: label })),
  ];
}
