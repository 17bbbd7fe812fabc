import type { ViewerContext } from '../../../core/context.js';
import type { PageHeaderView } from '../../../core/views/page-header-view.js';
import { pageHeader } from '../admin-pages.js';

/** The one page that shows a password: the answer to the form that made it. It is stored nowhere in clear. */
export interface UserPasswordView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly message: string;
  readonly username: string;
  readonly password: string;
  readonly userHref: string;
}

export interface NewPassword {
  readonly userId: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly isNewUser: boolean;
}

/** Shows a first or replaced password, once. */
export function userPasswordView({ t }: ViewerContext, made: NewPassword): UserPasswordView {
  const title = t(made.isNewUser ? 'users.created' : 'users.passwordWasReset', { name: made.name });
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('navigation.users'), href: '/admin/users' }] }),
    message: t('users.passwordShownOnce'),
    username: made.username,
    password: made.password,
    userHref: `/admin/users/${made.userId}`,
  };
}
