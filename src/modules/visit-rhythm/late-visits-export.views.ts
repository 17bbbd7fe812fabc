import type { ViewerContext } from '../../core/context.js';
import type { ExportFilter } from '../../core/exports/export-log.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import { maskText } from '../../core/mask.js';
import type { LateChoices, LateVisitRow } from './late-visits.queries.js';
import type { LateVisitsQuery } from './late-visits.schemas.js';
import { describeLateFilters } from './late-visits.views.js';
import { daysLate, rhythmText } from './visit-rhythm.js';

/** The columns of an export of late visits; contact data is in none. */
export const lateExportColumns = (context: ViewerContext): readonly ExportColumn<LateVisitRow>[] => {
  const { t } = context;
  return [
    { header: t('customers.customerNo'), kind: 'text', width: 14, value: (row) => row.customer_no },
    { header: t('customers.name'), kind: 'text', value: (row) => row.name },
    { header: t('visitRhythm.lastVisit'), kind: 'date', value: (row) => row.rhythm.last_on },
    { header: t('visitRhythm.lastItem'), kind: 'text', width: 24, value: (row) => row.last_item },
    {
      header: t('visitRhythm.rhythm'),
      kind: 'text',
      width: 30,
      value: (row) => rhythmText(context, row.rhythm),
    },
    { header: t('visitRhythm.expected'), kind: 'date', value: (row) => row.rhythm.expected_on },
    {
      header: t('visitRhythm.daysLate'),
      kind: 'number',
      value: (row) => daysLate(context, row.rhythm) ?? null,
    },
    { header: t('visitRhythm.attempts'), kind: 'number', value: (row) => row.attempts },
    { header: t('customers.owner'), kind: 'text', value: (row) => row.owner_name },
  ];
};

/** The group and the filters of the list in words. A search may be for contact data: the log gets it masked. */
export function lateExportFilters(
  context: ViewerContext,
  query: LateVisitsQuery,
  choices: LateChoices,
): ExportFilter[] {
  const search = (text: string): string => context.t('exports.search', { text });
  return [
    { words: context.t(`visitRhythm.group.${query.group ?? 'late'}`) },
    ...(query.q ? [{ words: search(query.q), loggedWords: search(maskText(query.q)) }] : []),
    ...describeLateFilters(context, query, choices).map(({ label }) => ({ words: label })),
  ];
}
