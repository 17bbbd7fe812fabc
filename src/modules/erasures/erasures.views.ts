import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatDateTime, formatNumber } from '../../core/format.js';
import type { MessageKey } from '../../core/i18n.js';
import { listView } from '../../core/lists/list-builder.js';
import type { ListResult } from '../../core/lists/list.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminListView } from '../admin/admin-pages.js';
import { erasureReasons } from './erasure-reasons.js';
import { defaultErasureOrder, type ErasablePerson, type Erasure } from './erasures.queries.js';
import type { ErasureListQuery } from './erasures.schemas.js';

export const erasuresPath = '/admin/erasures';

export interface ErasureView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** A sentence each. */
  readonly goes: readonly string[];
  readonly stays: readonly string[];
  readonly editForm: EditFormView;
}

/** The page before a person is erased: in numbers what goes, and what stays. */
export function erasureView(
  { t }: ViewerContext,
  person: ErasablePerson,
  values: FormValues = {},
  problems: readonly Problem[] = [],
): ErasureView {
  const path = person.is_deleted ? `/recycle-bin/${person.id}` : `/customers/${person.id}`;
  const title = t('erasures.title', { name: person.name });
  const trail = person.is_deleted
    ? { label: t('navigation.recycleBin'), href: '/recycle-bin' }
    : { label: person.name, href: path };
  return {
    title,
    header: pageHeader(title, { subtitle: person.customer_no, trail: [trail] }),
    goes: [
      t('erasures.goes.profile'),
      ...counted(t, 'erasures.goes.contact', person.contact_count),
      ...counted(t, 'erasures.goes.attachments', person.attachment_count),
      ...counted(t, 'erasures.goes.contactRecords', person.contact_record_count),
      ...counted(t, 'erasures.goes.followUps', person.follow_up_count),
      ...counted(t, 'erasures.goes.things', person.thing_count),
      ...counted(t, 'erasures.goes.merged', person.merged_count),
      t('erasures.goes.history'),
      t('erasures.goes.imports'),
    ],
    stays: [
      ...counted(t, 'erasures.stays.purchases', person.purchase_count),
      t('erasures.stays.counts'),
      t('erasures.stays.log'),
      t('erasures.stays.messages'),
      t('erasures.stays.backups'),
    ],
    editForm: {
      action: `/customers/${person.id}/erasure`,
      form: formView(t, fields(t), values, problems),
      hidden: [],
      submitLabel: t('erasures.confirm'),
      isDestructive: true,
      cancelHref: path,
    },
  };
}

/** The sentence where there is something to count. */
const counted = (t: ViewerContext['t'], key: MessageKey, count: number): string[] =>
  count === 0 ? [] : [t(key, { count })];

const fields = (t: ViewerContext['t']): FieldSpec[] => [
  {
    name: 'customerNo',
    label: 'erasures.customerNo',
    kind: 'text',
    required: true,
    maxLength: 40,
    help: 'erasures.customerNoHelp',
  },
  {
    name: 'reason',
    label: 'erasures.reason',
    kind: 'select',
    required: true,
    options: erasureReasons.map((reason) => ({ value: reason, label: t(`erasures.reason.${reason}`) })),
  },
];

/** The people who were erased, the latest first. */
export function erasuresView(
  { t, locale }: ViewerContext,
  query: ErasureListQuery,
  result: ListResult<Erasure>,
): AdminListView {
  const list = listView({
    t,
    locale,
    path: erasuresPath,
    query: query.q ?? '',
    searchPlaceholder: 'erasures.searchPlaceholder',
    order: query.sort ?? defaultErasureOrder,
    defaultOrder: defaultErasureOrder,
    filters: [],
    activeFilters: [],
    columns: [
      { name: 'customerNo', label: 'customers.customerNo' },
      { name: 'erasedAt', label: 'erasures.erasedAt', sort: 'erasedAt' },
      { name: 'erasedBy', label: 'erasures.erasedBy' },
      { name: 'reason', label: 'erasures.reason' },
      { name: 'entries', label: 'erasures.entries', numeric: true },
    ],
    result,
    row: (row) => ({
      href: `/admin/audit-log?table=customers&record=${row.id}`,
      cells: [
        { text: row.customer_no },
        { text: formatDateTime(row.erased_at, locale) },
        { text: row.erased_by ?? '' },
        { text: row.reason === null ? '' : t(`erasures.reason.${row.reason}`) },
        { text: row.entries === null ? '' : formatNumber(row.entries, locale), numeric: true },
      ],
    }),
    empty: { title: t('erasures.empty'), hint: t('erasures.emptyHint'), actionLabel: '', actionHref: '' },
  });
  const title = t('navigation.erasures');
  return {
    title,
    header: pageHeader(title, { count: list.count, subtitle: t('erasures.subtitle') }),
    notice: '',
    list,
  };
}
