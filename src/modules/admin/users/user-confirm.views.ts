import type { ViewerContext } from '../../../core/context.js';
import { pageHeader, type AdminConfirmView } from '../admin-pages.js';
import type { UserRecord } from './users.queries.js';

/** The page before a user is disabled. `openSignIns` is a number up to 50. */
export function disablementView(
  context: ViewerContext,
  user: UserRecord,
  openSignIns: number,
): AdminConfirmView {
  const { t } = context;
  return confirmView(context, user, {
    title: t('users.disable', { name: user.name }),
    action: 'disablement',
    question: t('users.disableQuestion', { name: user.name, username: user.username }),
    consequences: [
      t('users.disableConsequence'),
      t('users.endsSignIns', { count: openSignIns }),
      t('users.keepsCustomers', { count: user.owned_customers }),
    ],
    confirmLabel: t('users.disableConfirm'),
  });
}

/** The page before a user's password is replaced. */
export function passwordResetView(
  context: ViewerContext,
  user: UserRecord,
  openSignIns: number,
): AdminConfirmView {
  const { t } = context;
  return confirmView(context, user, {
    title: t('users.resetPassword', { name: user.name }),
    action: 'password',
    question: t('users.resetPasswordQuestion', { name: user.name, username: user.username }),
    consequences: [t('users.resetPasswordConsequence'), t('users.endsSignIns', { count: openSignIns })],
    confirmLabel: t('users.resetPasswordConfirm'),
  });
}

interface Question {
  readonly title: string;
  readonly action: string;
  readonly question: string;
  readonly consequences: readonly string[];
  readonly confirmLabel: string;
}

function confirmView({ t }: ViewerContext, user: UserRecord, question: Question): AdminConfirmView {
  const recordHref = `/admin/users/${user.id}`;
  const trail = [
    { label: t('navigation.users'), href: '/admin/users' },
    { label: user.name, href: recordHref },
  ];
  return {
    title: question.title,
    header: pageHeader(question.title, { trail }),
    confirm: {
      action: `${recordHref}/${question.action}`,
      question: question.question,
      consequences: question.consequences,
      hidden: [],
      confirmLabel: question.confirmLabel,
      cancelHref: recordHref,
      isDestructive: true,
    },
  };
}
