import type { ViewerContext } from '../../../core/context.js';
import type { EditFormView } from '../../../core/views/edit-form-view.js';
import type { Problem } from '../../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../../core/form.js';
import { formatNumber } from '../../../core/format.js';
import { listView, type ListColumn } from '../../../core/lists/list-builder.js';
import type { ListResult } from '../../../core/lists/list.js';
import { pageHeader, type AdminFormView, type AdminListView } from '../admin-pages.js';
import { defaultBranchOrder, type BranchListRow, type BranchRecord } from './branches.queries.js';
import { longestBranchName, type BranchListQuery } from './branches.schemas.js';

const columns: readonly ListColumn[] = [
  { name: 'name', label: 'branches.name', sort: 'name' },
  { name: 'teams', label: 'branches.teamCount', numeric: true },
];

const trail = ({ t }: ViewerContext) => [{ label: t('navigation.teams'), href: '/admin/teams' }];

/** The list of branches; a row opens the form that renames it. */
export function branchesIndexView(
  context: ViewerContext,
  query: BranchListQuery,
  result: ListResult<BranchListRow>,
): AdminListView {
  const { t, locale } = context;
  const title = t('branches.title');
  const list = listView({
    t,
    locale,
    path: '/admin/branches',
    query: query.q ?? '',
    searchPlaceholder: 'branches.searchPlaceholder',
    order: query.sort ?? defaultBranchOrder,
    defaultOrder: defaultBranchOrder,
    filters: [],
    activeFilters: [],
    columns,
    result,
    row: (row) => ({
      href: `/admin/branches/${row.id}/edit`,
      cells: [{ text: row.name }, { text: formatNumber(row.team_count, locale), numeric: true }],
    }),
    empty: {
      title: t('branches.empty'),
      hint: t('branches.emptyHint'),
      actionLabel: t('branches.new'),
      actionHref: '/admin/branches/new',
    },
  });
  const create = {
    label: t('branches.new'),
    href: '/admin/branches/new',
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  return {
    title,
    header: pageHeader(title, { count: list.count, trail: trail(context), actions: [create] }),
    notice: '',
    list,
  };
}

export const branchFieldSpecs: readonly FieldSpec[] = [
  { name: 'name', label: 'branches.name', kind: 'text', required: true, maxLength: longestBranchName },
];

/** The page for a new branch, or the one that renames a branch; with values and problems after a refusal. */
export function branchFormView(
  context: ViewerContext,
  branch: BranchRecord | undefined,
  values: FormValues = branch ? { name: branch.name } : {},
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = branch ? t('branches.rename', { name: branch.name }) : t('branches.new');
  const steps = [...trail(context), { label: t('branches.title'), href: '/admin/branches' }];
  return {
    title,
    header: pageHeader(title, { trail: steps }),
    editForm: branchForm(context, branch, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function branchForm(
  { t }: ViewerContext,
  branch: BranchRecord | undefined,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: branch ? `/admin/branches/${branch.id}` : '/admin/branches',
    form: formView(t, branchFieldSpecs, values, problems),
    hidden: branch
      ? [{ name: 'version', value: typeof version === 'string' ? version : String(branch.version) }]
      : [],
    submitLabel: t(branch ? 'form.save' : 'branches.create'),
    cancelHref: '/admin/branches',
  };
}
