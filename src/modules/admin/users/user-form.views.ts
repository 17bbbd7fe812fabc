import type { ViewerContext } from '../../../core/context.js';
import type { EditFormView } from '../../../core/views/edit-form-view.js';
import type { Problem } from '../../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../../core/form.js';
import { locales } from '../../../core/i18n.js';
import { pageHeader, type AdminFormView } from '../admin-pages.js';
import { covers } from '../granting.js';
import { roleName } from '../role-names.js';
import type { RoleChoice, UserRecord } from './users.queries.js';
import { userLimits } from './users.schemas.js';

export interface UserChoices {
  readonly roles: readonly RoleChoice[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
}

/** The fields of a user. Roles that hold more than the viewer may grant are not offered. */
export function userFieldSpecs(
  { t, viewer }: ViewerContext,
  { roles, teams }: UserChoices,
): readonly FieldSpec[] {
  const grantable = roles.filter((role) => covers(viewer.grants, role.grants));
  return [
    { name: 'name', label: 'users.name', kind: 'text', required: true, maxLength: userLimits.name },
    {
      name: 'username',
      label: 'auth.username',
      kind: 'text',
      required: true,
      maxLength: userLimits.username,
      help: 'users.usernameHelp',
    },
    {
      name: 'email',
      label: 'users.email',
      kind: 'email',
      maxLength: userLimits.email,
      help: 'auth.emailHelp',
    },
    {
      name: 'roleIds',
      label: 'users.roles',
      kind: 'checkboxes',
      help: 'users.rolesHelp',
      options: grantable.map((role) => ({ value: role.id, label: roleName(t, role) })),
    },
    {
      name: 'teamIds',
      label: 'users.teams',
      kind: 'checkboxes',
      options: teams.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'locale',
      label: 'users.locale',
      kind: 'select',
      options: [
        { value: '', label: t('users.locale.browser') },
        ...locales.map((locale) => ({ value: locale, label: t(`users.locale.${locale}`) })),
      ],
    },
  ];
}

const trail = ({ t }: ViewerContext) => [{ label: t('navigation.users'), href: '/admin/users' }];

/** The page for a new user; with values and problems after a refusal. */
export function newUserView(
  context: ViewerContext,
  choices: UserChoices,
  values: FormValues = {},
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('users.new');
  return {
    title,
    header: pageHeader(title, { trail: trail(context), subtitle: t('users.newHint') }),
    editForm: {
      action: '/admin/users',
      form: formView(t, userFieldSpecs(context, choices), values, problems),
      hidden: [],
      submitLabel: t('users.create'),
      cancelHref: '/admin/users',
    },
  };
}

/** The page that changes a user. */
export function editUserView(
  context: ViewerContext,
  user: UserRecord,
  choices: UserChoices,
  values: FormValues = storedUser(user),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('users.edit', { name: user.name });
  const steps = [...trail(context), { label: user.name, href: `/admin/users/${user.id}` }];
  return {
    title,
    header: pageHeader(title, { trail: steps }),
    editForm: editUserForm(context, user, choices, values, problems),
  };
}

/** The form that changes a user; `version` in the values is what it was opened with. */
export function editUserForm(
  { t, ...context }: ViewerContext,
  user: UserRecord,
  choices: UserChoices,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: `/admin/users/${user.id}`,
    form: formView(t, userFieldSpecs({ t, ...context }, choices), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(user.version) }],
    submitLabel: t('form.save'),
    cancelHref: `/admin/users/${user.id}`,
  };
}

/** What is saved, by the names of the form's fields. */
export const storedUser = (user: UserRecord): FormValues => ({
  name: user.name,
  username: user.username,
  email: user.email ?? '',
  roleIds: user.roles.map(({ id }) => id),
  teamIds: user.teams.map(({ id }) => id),
  locale: user.locale ?? '',
});
