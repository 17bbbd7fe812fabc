import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { roleName } from '../admin/role-names.js';
import { savedViewLists, type SavedViewListName } from './saved-view-lists.js';
import type { SavedViewRow, ShareableRole } from './saved-views.queries.js';
import { savedViewLimits } from './saved-views.schemas.js';
import { viewAddress } from './view-contents.js';

export interface SavedViewFormView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly editForm: EditFormView;
  /** Of a view that exists. */
  readonly deletion: { readonly action: string; readonly version: string } | undefined;
}

/** The form that saves what a list shows. */
export function newSavedViewView(
  context: ViewerContext,
  target: { readonly list: SavedViewListName; readonly query: string },
  roles: readonly ShareableRole[],
  values: FormValues = {},
  problems: readonly Problem[] = [],
): SavedViewFormView {
  const { t } = context;
  const { path } = savedViewLists[target.list];
  const title = t('savedViews.new');
  return {
    title,
    header: header(context, target.list, title, t('savedViews.newHint')),
    editForm: {
      action: '/saved-views',
      form: formView(t, fieldSpecs(context, roles), values, problems),
      hidden: [
        { name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() },
        { name: 'list', value: target.list },
        { name: 'query', value: target.query },
      ],
      submitLabel: t('savedViews.save'),
      cancelHref: target.query === '' ? path : `${path}?${target.query}`,
    },
    deletion: undefined,
  };
}

/** Name and sharing of a view that exists. */
export function editSavedViewView(
  context: ViewerContext,
  view: SavedViewRow,
  roles: readonly ShareableRole[],
  values: FormValues = { name: view.name, sharedRoleId: view.shared_role_id ?? '' },
  problems: readonly Problem[] = [],
): SavedViewFormView {
  const { t } = context;
  const action = `/saved-views/${view.id}`;
  const version = String(view.version);
  return {
    title: t('savedViews.edit', { name: view.name }),
    header: header(context, view.list, view.name, ''),
    editForm: {
      action,
      form: formView(t, fieldSpecs(context, roles), values, problems),
      hidden: [
        { name: 'version', value: typeof values['version'] === 'string' ? values['version'] : version },
      ],
      submitLabel: t('form.save'),
      cancelHref: viewAddress(savedViewLists[view.list].path, view, view.id),
    },
    deletion: { action: `${action}/deletion`, version },
  };
}

export interface UnfitViewView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** What the list does not know any more. */
  readonly problems: readonly string[];
  readonly listHref: string;
  /** '' for somebody else's view. */
  readonly editHref: string;
}

/** Said instead of opening a view that its list can no longer show. */
export function unfitViewView(
  context: ViewerContext,
  view: SavedViewRow,
  problems: readonly Problem[],
): UnfitViewView {
  const { t } = context;
  return {
    title: view.name,
    header: header(context, view.list, view.name, ''),
    problems: problems.map(({ path, key, params }) =>
      path === '' ? t(key, params) : t('savedViews.unfitPart', { part: path, problem: t(key, params) }),
    ),
    listHref: savedViewLists[view.list].path,
    editHref: view.can_edit ? `/saved-views/${view.id}/edit` : '',
  };
}

function header(
  { t }: ViewerContext,
  list: SavedViewListName,
  title: string,
  subtitle: string,
): PageHeaderView {
  const { label, path } = savedViewLists[list];
  return { title, count: '', subtitle, trail: [{ label: t(label), href: path }], actions: [] };
}

function fieldSpecs({ t }: ViewerContext, roles: readonly ShareableRole[]): readonly FieldSpec[] {
  const shared = roles.map(({ id, name, shipped_key }) => ({
    value: id,
    label: t('savedViews.sharedWith', { role: roleName(t, { name, shippedKey: shipped_key }) }),
  }));
  return [
    {
      name: 'name',
      label: 'savedViews.name',
      kind: 'text',
      required: true,
      maxLength: savedViewLimits.name,
    },
    {
      name: 'sharedRoleId',
      label: 'savedViews.sharing',
      kind: 'select',
      help: 'savedViews.sharingHelp',
      options: [{ value: '', label: t('savedViews.private') }, ...shared],
    },
  ];
}
