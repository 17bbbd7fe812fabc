import type { ViewerContext } from '../../core/context.js';
import type { ExportFilter } from '../../core/exports/export-log.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import type { MessageKey, Translate } from '../../core/i18n.js';
import { formatYesNo } from '../../core/format.js';
import { maskText } from '../../core/mask.js';
import { scopeOf } from '../../core/viewer.js';
import { activeFilters } from '../admin/active-filters.js';
import { causePath } from '../complaint-causes/cause-name.js';
import { stateName } from '../request-states/state-name.js';
import { priorityName } from '../request-types/priority-name.js';
import { typeName } from '../request-types/type-name.js';
import type { RequestChoices } from './request-choices.queries.js';
import { moreRequestFilters, requestFilters } from './request-filters.views.js';
import type { ExportedRequest } from './requests-export.queries.js';
import { chosenCustomer, chosenRows, groupFilter } from './requests-list.views.js';
import type { RequestListQuery } from './service-requests.schemas.js';

type Column = ExportColumn<ExportedRequest>;

/** The columns of an export of requests: what came in, who worked it, when, and what came of it. */
export const requestExportColumns = (context: ViewerContext): readonly Column[] => [
  ...aboutColumns(context),
  ...peopleColumns(context),
  ...timeColumns(context),
  ...outcomeColumns(context),
];

const aboutColumns = ({ t }: ViewerContext): readonly Column[] => [
  { header: t('serviceRequests.requestNo'), kind: 'text', width: 16, value: (row) => row.request_no },
  { header: t('serviceRequests.sourceNo'), kind: 'text', width: 16, value: (row) => row.source_no },
  { header: t('serviceRequests.type'), kind: 'text', value: (row) => typeName(t, row.type) },
  {
    header: t('serviceRequests.category'),
    kind: 'text',
    width: 30,
    value: (row) => row.category?.join(t('tree.pathSeparator')) ?? null,
  },
  { header: t('serviceRequests.state'), kind: 'text', value: (row) => stateName(t, row.state) },
  {
    header: t('serviceRequests.progress'),
    kind: 'text',
    value: (row) => t(`serviceRequests.progress.${row.state_category}`),
  },
  {
    header: t('serviceRequests.priority'),
    kind: 'text',
    width: 10,
    value: (row) => priorityName(t, row.priority),
  },
  {
    header: t('serviceRequests.channel'),
    kind: 'text',
    value: (row) => t(`contactRecords.channel.${row.channel}`),
  },
  { header: t('serviceRequests.subject'), kind: 'text', width: 36, value: (row) => row.subject },
  { header: t('serviceRequests.description'), kind: 'text', width: 40, value: (row) => row.description },
  { header: t('serviceRequests.place'), kind: 'text', width: 30, value: (row) => row.place },
];

const peopleColumns = ({ t }: ViewerContext): readonly Column[] => [
  { header: t('customers.customerNo'), kind: 'text', width: 14, value: (row) => row.customer_no },
  { header: t('serviceRequests.customer'), kind: 'text', value: (row) => row.customer_name },
  { header: t('customers.branch'), kind: 'text', value: (row) => row.branch_name },
  { header: t('customers.team'), kind: 'text', value: (row) => row.team_name },
  { header: t('serviceRequests.assignee'), kind: 'text', value: (row) => row.assignee_name },
  { header: t('serviceRequests.createdBy'), kind: 'text', value: (row) => row.creator_name },
];

const timeColumns = ({ t }: ViewerContext): readonly Column[] => [
  { header: t('serviceRequests.receivedAt'), kind: 'datetime', value: (row) => row.received_at },
  {
    header: t('serviceRequests.firstRespondedAt'),
    kind: 'datetime',
    value: (row) => row.first_responded_at,
  },
  { header: t('serviceRequests.closedAt'), kind: 'datetime', value: (row) => row.closed_at },
  { header: t('serviceRequests.reopenCount'), kind: 'number', value: (row) => row.reopen_count },
  dueColumn(t, 'serviceRequests.firstResponseDueAt', (row) => row.first_response_due_at),
  dueColumn(t, 'serviceRequests.updateDueAt', (row) => row.update_due_at),
  dueColumn(t, 'serviceRequests.resolutionDueAt', (row) => row.resolution_due_at),
  yesNoColumn(t, 'serviceRequests.respondedInTime', (row) => row.responded_in_time),
  yesNoColumn(t, 'serviceRequests.resolvedInTime', (row) => row.resolved_in_time),
  { header: t('serviceRequests.responseMinutes'), kind: 'number', value: (row) => row.response_minutes },
  { header: t('serviceRequests.resolutionMinutes'), kind: 'number', value: (row) => row.resolution_minutes },
];

const outcomeColumns = ({ t }: ViewerContext): readonly Column[] => [
  { header: t('serviceRequests.resolution'), kind: 'text', width: 40, value: (row) => row.resolution },
  {
    header: t('complaints.cause'),
    kind: 'text',
    width: 24,
    value: (row) => row.cause && causePath(t, row.cause),
  },
  {
    header: t('complaints.responsibility'),
    kind: 'text',
    value: (row) => row.responsibility && t(`complaints.responsibility.${row.responsibility}`),
  },
  { header: t('complaints.remedy'), kind: 'text', width: 30, value: (row) => row.remedy },
  { header: t('complaints.cost'), kind: 'money', value: (row) => row.cost },
  { header: t('serviceRequests.serviceScore'), kind: 'number', value: (row) => row.service_score },
  { header: t('serviceRequests.staffScore'), kind: 'number', value: (row) => row.staff_score },
];

const dueColumn = (
  t: Translate,
  header: MessageKey,
  value: (row: ExportedRequest) => Date | null,
): Column => ({ header: t(header), kind: 'datetime', value });

const yesNoColumn = (
  t: Translate,
  header: MessageKey,
  value: (row: ExportedRequest) => boolean | null,
): Column => ({
  header: t(header),
  kind: 'text',
  width: 10,
  value: (row) => {
    const isInTime = value(row);
    return isInTime === null ? null : formatYesNo(isInTime, t);
  },
});

/** The filters of the list in words. A search may be for contact data: the log gets it masked. */
export function requestExportFilters(
  context: ViewerContext,
  query: RequestListQuery,
  choices: RequestChoices,
): ExportFilter[] {
  const { t, locale } = context;
  const search = (text: string): string => t('exports.search', { text });
  const fields = [
    ...requestFilters(context, query, choices),
    ...moreRequestFilters(context, query, choices).flatMap((group) => group.fields),
  ];
  const words = [
    ...groupFilter(context, query),
    ...activeFilters(fields, locale),
    ...chosenCustomer(context, query),
    ...chosenRows(context, query),
  ];
  return [
    ...(query.q ? [{ words: search(query.q), loggedWords: search(maskText(query.q)) }] : []),
    ...words.map(({ label }) => ({ words: label })),
  ];
}

/** What the file leaves out, because of what the viewer may do. */
export function requestExportRemarks({ t, viewer }: ViewerContext): string[] {
  const scope = scopeOf(viewer, 'service-requests:export') ?? 'own';
  return scope === 'all' ? [] : [t(`serviceRequests.exportRows.${scope}`)];
}
