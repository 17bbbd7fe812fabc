import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatCappedCount, formatNumber } from '../../core/format.js';
import { listView, type ListColumn } from '../../core/lists/list-builder.js';
import { countCap, type ListResult } from '../../core/lists/list.js';
import {
  pageHeader,
  type AdminConfirmView,
  type AdminFormView,
  type AdminListView,
} from '../admin/admin-pages.js';
import { tagColors, tagLimits } from './tag.js';
import { defaultTagOrder, type TagListRow, type TagRecord } from './tags.queries.js';
import type { TagListQuery } from './tags.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'tags.name', sort: 'name' },
  { name: 'color', label: 'tags.color' },
  { name: 'customers', label: 'tags.customerCount', numeric: true },
];

const trail = ({ t }: ViewerContext) => [{ label: t('navigation.tags'), href: '/tags' }];

/** The list of tags; a row opens the form that changes it, its number the customers. */
export function tagsIndexView(
  context: ViewerContext,
  query: TagListQuery,
  result: ListResult<TagListRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('navigation.tags');
  const list = listView({
    t,
    locale,
    path: '/tags',
    query: query.q ?? '',
    searchPlaceholder: 'tags.searchPlaceholder',
    order: query.sort ?? defaultTagOrder,
    defaultOrder: defaultTagOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => ({
      href: `/tags/${row.id}/edit`,
      cells: [
        { text: row.name },
        { text: t(`tags.color.${row.color}`), badge: row.color },
        {
          text: formatCappedCount(row.customer_count, countCap, locale),
          href: `/customers?tag=${row.id}`,
          numeric: true,
        },
      ],
    }),
    empty: {
      title: t('tags.empty'),
      hint: t('tags.emptyHint'),
      actionLabel: t('tags.new'),
      actionHref: '/tags/new',
    },
  });
  const create = {
    label: t('tags.new'),
    href: '/tags/new',
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  const subtitle = t('tags.subtitle', { maximum: formatNumber(tagLimits.tags, locale) });
  return {
    title,
    header: pageHeader(title, { count: list.count, subtitle, actions: [create] }),
    notice: '',
    list,
  };
}

export const tagFieldSpecs = ({ t }: ViewerContext): readonly FieldSpec[] => [
  {
    name: 'name',
    label: 'tags.name',
    kind: 'text',
    required: true,
    maxLength: tagLimits.name,
    help: 'tags.nameHelp',
  },
  {
    name: 'color',
    label: 'tags.color',
    kind: 'select',
    required: true,
    options: tagColors.map((color) => ({ value: color, label: t(`tags.color.${color}`) })),
  },
];

/** The page for a new tag, or the one that changes a tag; with values and problems after a refusal. */
export function tagFormView(
  context: ViewerContext,
  tag: TagRecord | undefined,
  values: FormValues = tag ? { name: tag.name, color: tag.color } : { color: tagColors[0] },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = tag ? t('tags.edit', { name: tag.name }) : t('tags.new');
  const remove = tag && {
    label: t('form.delete'),
    href: `/tags/${tag.id}/deletion`,
    icon: 'trash',
    emphasis: 'danger' as const,
    shortcut: '' as const,
  };
  return {
    title,
    header: pageHeader(title, { trail: trail(context), actions: remove ? [remove] : [] }),
    editForm: tagForm(context, tag, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function tagForm(
  context: ViewerContext,
  tag: TagRecord | undefined,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { t } = context;
  const { version } = values;
  return {
    action: tag ? `/tags/${tag.id}` : '/tags',
    form: formView(t, tagFieldSpecs(context), values, problems),
    hidden: tag
      ? [{ name: 'version', value: typeof version === 'string' ? version : String(tag.version) }]
      : [],
    submitLabel: t(tag ? 'form.save' : 'tags.create'),
    cancelHref: '/tags',
  };
}

/** The page before a deletion: it says on how many customers the tag hangs. */
export function tagDeletionView(context: ViewerContext, tag: TagRecord): AdminConfirmView {
  const { t, locale } = context;
  const title = t('tags.delete', { name: tag.name });
  return {
    title,
    header: pageHeader(title, { trail: trail(context) }),
    confirm: {
      action: `/tags/${tag.id}/deletion`,
      question: t('tags.deleteQuestion', { name: tag.name }),
      consequences: [
        t('tags.deleteCustomers', {
          count: tag.customer_count,
          number: formatCappedCount(tag.customer_count, countCap, locale),
        }),
        t('tags.deleteUndo'),
      ],
      hidden: [{ name: 'version', value: String(tag.version) }],
      confirmLabel: t('tags.deleteConfirm'),
      cancelHref: `/tags/${tag.id}/edit`,
      isDestructive: true,
    },
  };
}
