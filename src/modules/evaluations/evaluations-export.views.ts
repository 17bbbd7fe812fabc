import type { ViewerContext } from '../../core/context.js';
import type { ExportFilter } from '../../core/exports/export-log.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import { dayOf } from '../../core/format.js';
import { activeFilters } from '../admin/active-filters.js';
import { typeName } from '../request-types/type-name.js';
import type { RequestChoices } from '../service-requests/request-choices.queries.js';
import { reasonText } from '../surveys/survey-reasons.js';
import { surveyState } from './evaluation-text.js';
import type { EvaluationRow } from './evaluations.queries.js';
import type { EvaluationListQuery } from './evaluations.schemas.js';
import { evaluationFilters } from './evaluations-list.views.js';

/** The columns of an export of evaluations. */
export const evaluationExportColumns = ({
  t,
  deps,
}: ViewerContext): readonly ExportColumn<EvaluationRow>[] => [
  { header: t('evaluations.closedAt'), kind: 'date', value: (row) => dayOf(row.closed_at) },
  { header: t('evaluations.request'), kind: 'text', width: 16, value: (row) => row.request_no },
  {
    ...{ header: t('evaluations.type'), kind: 'text' },
    value: (row) => typeName(t, { name: row.type_name, shippedKey: row.type_key }),
  },
  { header: t('customers.customerNo'), kind: 'text', width: 14, value: (row) => row.customer_no },
  { header: t('evaluations.customer'), kind: 'text', value: (row) => row.customer_name },
  { header: t('evaluations.branch'), kind: 'text', value: (row) => row.branch_name },
  { header: t('evaluations.staff'), kind: 'text', value: (row) => row.staff_name },
  { header: t('evaluations.round'), kind: 'number', value: (row) => row.round },
  {
    ...{ header: t('evaluations.stateLabel'), kind: 'text' },
    value: (row) => t(`evaluations.state.${surveyState(row, deps.now())}`),
  },
  { header: t('evaluations.answeredAt'), kind: 'datetime', value: (row) => row.answered_at },
  { header: t('evaluations.service'), kind: 'number', value: (row) => row.service_score },
  { header: t('evaluations.person'), kind: 'number', value: (row) => row.staff_score },
  {
    ...{ header: t('evaluations.reasons'), kind: 'text', width: 30 },
    value: (row) => row.reasons.map((reason) => reasonText(t, reason)).join(t('auditLog.columnSeparator')),
  },
  { header: t('evaluations.comment'), kind: 'text', width: 40, value: (row) => row.comment },
  { header: t('evaluations.correctionCount'), kind: 'number', value: (row) => row.correction_count },
];

/** The filters of the list in words. */
export function evaluationExportFilters(
  context: ViewerContext,
  query: EvaluationListQuery,
  choices: RequestChoices,
): ExportFilter[] {
  const { t, locale } = context;
  return [
    ...(query.q ? [{ words: t('exports.search', { text: query.q }) }] : []),
    ...activeFilters(evaluationFilters(context, query, choices), locale).map(({ label }) => ({
      words: label,
    })),
  ];
}
