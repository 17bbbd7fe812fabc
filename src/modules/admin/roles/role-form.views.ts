import type { ViewerContext } from '../../../core/context.js';
import type { EditFormView, HiddenFieldView } from '../../../core/views/edit-form-view.js';
import type { Problem } from '../../../core/errors.js';
import { formView, type FieldSpec, type FormValues, type FormView } from '../../../core/form.js';
import type { PageHeaderView } from '../../../core/views/page-header-view.js';
import { permissionNames, permissions, scopes, type Permission } from '../../../core/permissions.js';
import { scopeOf, type Viewer } from '../../../core/viewer.js';
import { pageHeader } from '../admin-pages.js';
import { roleName } from '../role-names.js';
import type { RoleRecord } from './roles.queries.js';
import { grantField, roleLimits, type Grant } from './roles.schemas.js';

/** One choice of the matrix; scopes that a permission cannot take, or that the viewer may not grant, are no choice. */
export interface GrantChoiceView {
  readonly scope: Grant;
  readonly columnLabel: string;
  readonly isOffered: boolean;
  readonly isChosen: boolean;
}

export interface GrantRowView {
  readonly name: string;
  readonly label: string;
  readonly error: string;
  readonly choices: readonly GrantChoiceView[];
}

/** A role's form: name, description, and the matrix of permissions and scopes. */
export interface RoleFormView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly action: string;
  readonly form: FormView;
  readonly hidden: readonly HiddenFieldView[];
  readonly matrixColumns: readonly string[];
  readonly matrix: readonly GrantRowView[];
  readonly submitLabel: string;
  readonly cancelHref: string;
}

const textSpecs: readonly FieldSpec[] = [
  { name: 'name', label: 'roles.name', kind: 'text', required: true, maxLength: roleLimits.name },
  { name: 'description', label: 'roles.description', kind: 'text', maxLength: roleLimits.description },
];

const columnScopes: readonly Grant[] = ['none', ...scopes];

/** The page for a new role, or for one that exists; with values and problems after a refusal. */
export function roleFormView(
  context: ViewerContext,
  role: RoleRecord | undefined,
  values: FormValues = role ? storedRole(role) : {},
  problems: readonly Problem[] = [],
): RoleFormView {
  const { t } = context;
  const path = role ? `/admin/roles/${role.id}` : '/admin/roles';
  const title = role ? t('roles.edit', { name: roleName(t, role) }) : t('roles.new');
  const trail = [
    { label: t('navigation.roles'), href: '/admin/roles' },
    ...(role ? [{ label: roleName(t, role), href: path }] : []),
  ];
  const { version } = values;
  return {
    title,
    header: pageHeader(title, { trail, subtitle: t('roles.formHint') }),
    action: path,
    form: formView(t, roleFieldSpecs(context), values, problems),
    hidden: role
      ? [{ name: 'version', value: typeof version === 'string' ? version : String(role.version) }]
      : [],
    matrixColumns: columnScopes.map((scope) => t(`scopes.${scope}`)),
    matrix: matrix(context, values, problems),
    submitLabel: t(role ? 'form.save' : 'roles.create'),
    cancelHref: path,
  };
}

/** What is saved, by the names of the form's fields. */
export const storedRole = (role: RoleRecord): FormValues => ({
  name: role.name,
  description: role.description,
  ...Object.fromEntries(
    permissionNames.map((permission) => [grantField(permission), role.grants.get(permission) ?? 'none']),
  ),
});

/** What was typed into the matrix, by the names of its fields. */
export const typedGrants = (grants: ReadonlyMap<Permission, Grant>): FormValues =>
  Object.fromEntries([...grants].map(([permission, scope]) => [grantField(permission), scope]));

/** The whole form as fields one below the other: for the summary of problems and for comparing two versions. */
export const roleFieldSpecs = ({ t, viewer }: ViewerContext): readonly FieldSpec[] => [
  ...textSpecs,
  ...permissionNames
    .filter((permission) => scopeOf(viewer, permission))
    .map((permission): FieldSpec => ({
      name: permission,
      label: `permissions.${permission}`,
      kind: 'select',
      required: true,
      options: columnScopes
        .filter((scope) => isOffered(viewer, permission, scope))
        .map((scope) => ({ value: scope, label: t(`scopes.${scope}`) })),
    })),
];

/** The form without its matrix, for the page that compares two versions. */
export function plainRoleForm(context: ViewerContext, role: RoleRecord, values: FormValues): EditFormView {
  const { action, hidden, submitLabel, cancelHref, ...view } = roleFormView(context, role, values);
  return { action, hidden, submitLabel, cancelHref, form: view.form };
}

/** Scopes that the permission can take, up to the one in which the viewer holds it. */
function isOffered(viewer: Viewer, permission: Permission, scope: Grant): boolean {
  const widest = scopeOf(viewer, permission);
  const possible: readonly Grant[] = ['none', ...permissions[permission]];
  return (
    widest !== undefined &&
    possible.includes(scope) &&
    columnScopes.indexOf(scope) <= columnScopes.indexOf(widest)
  );
}

function matrix(
  { t, viewer }: ViewerContext,
  values: FormValues,
  problems: readonly Problem[],
): GrantRowView[] {
  return permissionNames.flatMap((permission): GrantRowView[] => {
    if (!scopeOf(viewer, permission)) return [];
    const name = grantField(permission);
    const chosen = values[name] ?? 'none';
    const problem = problems.find(({ path }) => path === name);
    return [
      {
        name,
        label: t(`permissions.${permission}`),
        error: problem ? t(problem.key, problem.params) : '',
        choices: columnScopes.map((scope) => ({
          scope,
          columnLabel: t(`scopes.${scope}`),
          isOffered: isOffered(viewer, permission, scope),
          isChosen: scope === chosen,
        })),
      },
    ];
  });
}
