import type { ViewerContext } from '../../core/context.js';
import type { ExportFilter } from '../../core/exports/export-log.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import { formatYesNo } from '../../core/format.js';
import { maskText } from '../../core/mask.js';
import { activeFilters } from '../admin/active-filters.js';
import type { ServedThingKind } from './served-thing-kind.js';
import type { ThingListQuery } from './served-things.schemas.js';
import type { ThingRow } from './things-list.queries.js';
import { thingFilters } from './things-list.views.js';

/** The columns of an export of things. */
export const thingExportColumns = ({ t }: ViewerContext): readonly ExportColumn<ThingRow>[] => [
  { header: t('servedThings.thing'), kind: 'text', width: 24, value: (row) => row.name },
  { header: t('servedThingKinds.name'), kind: 'text', value: (row) => row.kind_name },
  { header: t('servedThings.identifier'), kind: 'text', width: 18, value: (row) => row.identifier },
  { header: t('customers.customerNo'), kind: 'text', width: 14, value: (row) => row.customer_no },
  { header: t('servedThings.customer'), kind: 'text', value: (row) => row.customer_name },
  { header: t('customers.owner'), kind: 'text', value: (row) => row.owner_name },
  { header: t('servedThings.lastService'), kind: 'date', value: (row) => row.last_served_on },
  { header: t('servedThings.nextDueOn'), kind: 'date', value: (row) => row.next_due_on },
  {
    header: t('servedThingKinds.archived'),
    kind: 'text',
    width: 10,
    value: (row) => formatYesNo(row.is_archived, t),
  },
];

/** The filters of the list in words. A search may be for contact data: the log gets it masked. */
export function thingExportFilters(
  context: ViewerContext,
  query: ThingListQuery,
  kinds: readonly ServedThingKind[],
): ExportFilter[] {
  const { t, locale } = context;
  const search = (text: string): string => t('exports.search', { text });
  return [
    ...(query.q ? [{ words: search(query.q), loggedWords: search(maskText(query.q)) }] : []),
    ...activeFilters(thingFilters(context, query, kinds), locale).map(({ label }) => ({ words: label })),
  ];
}
