import type { ViewerContext } from '../../../core/context.js';
import type { DefinitionView } from '../../../core/views/definition-view.js';
import { formatDateTime, formatNumber, formatRelative, formatYesNo } from '../../../core/format.js';
import { asLocale } from '../../../core/i18n.js';
import type { PageActionView } from '../../../core/views/page-header-view.js';
import { can } from '../../../core/viewer.js';
import type { OwnSessionRow } from '../../auth/auth.queries.js';
import {
  pageHeader,
  plainRows,
  type AdminRecordView,
  type ReminderView,
  type SectionView,
} from '../admin-pages.js';
import { historyHref } from '../audit-log/history-href.js';
import { deviceName } from '../login-log/device-name.js';
import { signInCells, signInColumns } from '../login-log/sign-in-cells.js';
import type { SignInRow } from '../login-log/login-log.queries.js';
import { formatNames } from '../name-list.js';
import { roleName } from '../role-names.js';
import type { UserRecord } from './users.queries.js';

/** One user: who it is, where they are signed in, and their last sign-ins. */
export function userShowView(
  context: ViewerContext,
  user: UserRecord,
  sessions: readonly OwnSessionRow[],
  signIns: readonly SignInRow[],
): AdminRecordView {
  const { t, viewer } = context;
  const isChangeable = user.isWithinReach;
  return {
    title: user.name,
    header: pageHeader(user.name, {
      subtitle: user.username,
      trail: [{ label: t('navigation.users'), href: '/admin/users' }],
      actions: [
        ...(isChangeable ? changeActions(context, user) : []),
        ...handoverAction(context, user),
        ...historyAction(context, user),
      ],
    }),
    notice: isChangeable ? '' : t('users.beyondReach'),
    reminder: ownerGoneReminder(context, user),
    definitions: definitions(context, user),
    buttons:
      isChangeable && user.disabled_at
        ? [{ action: `/admin/users/${user.id}/enablement`, label: t('users.enable'), spokenLabel: '' }]
        : [],
    sections: [
      sessionSection(context, user, sessions),
      ...(can(viewer, 'login-log:read') ? [signInSection(context, user, signIns)] : []),
    ],
  };
}

function changeActions({ t, viewer }: ViewerContext, user: UserRecord): PageActionView[] {
  const path = `/admin/users/${user.id}`;
  const edit: PageActionView = {
    label: t('users.editAction'),
    href: `${path}/edit`,
    icon: 'pencil',
    emphasis: 'primary',
    shortcut: 'e',
  };
  if (user.id === viewer.id) return [edit];
  const reset: PageActionView = {
    label: t('users.resetPasswordAction'),
    href: `${path}/password`,
    icon: 'key',
    emphasis: 'plain',
    shortcut: '',
  };
  const disable: PageActionView = {
    label: t('users.disableAction'),
    href: `${path}/disablement`,
    icon: 'lock',
    emphasis: 'danger',
    shortcut: '',
  };
  return user.disabled_at ? [edit, reset] : [edit, reset, disable];
}

const handoverHref = ({ id }: UserRecord): string => `/handovers/new?from=${id}`;

function handoverAction({ t, viewer }: ViewerContext, user: UserRecord): PageActionView[] {
  if (!can(viewer, 'customers:hand-over')) return [];
  return [
    {
      label: t('users.handOver'),
      href: handoverHref(user),
      icon: 'transfer',
      emphasis: 'plain',
      shortcut: '',
    },
  ];
}

/** That customers wait for somebody who cannot sign in any more. */
function ownerGoneReminder({ t, viewer, locale }: ViewerContext, user: UserRecord): ReminderView | undefined {
  const count = user.owned_customers;
  if (user.disabled_at === null || count === 0) return undefined;
  const text = t('users.stillOwns', { count, number: formatNumber(count, locale) });
  return can(viewer, 'customers:hand-over')
    ? { text, label: t('users.handOver'), href: handoverHref(user) }
    : { text, label: '', href: '' };
}

function historyAction({ t, viewer }: ViewerContext, user: UserRecord): PageActionView[] {
  if (!can(viewer, 'audit-log:read')) return [];
  return [
    {
      label: t('auditLog.history'),
      href: historyHref('users', user.id),
      icon: 'history',
      emphasis: 'plain',
      shortcut: '',
    },
  ];
}

function definitions({ t, locale, deps }: ViewerContext, user: UserRecord): DefinitionView[] {
  const state = user.disabled_at ? 'disabled' : 'active';
  const language = asLocale(user.locale) ?? 'browser';
  return [
    {
      label: t('users.state'),
      value: { text: t(`users.state.${state}`), badge: state === 'active' ? 'green' : 'secondary' },
    },
    {
      label: t('users.roles'),
      value: {
        text: formatNames(
          user.roles.map((role) => roleName(t, role)),
          locale,
        ),
      },
    },
    {
      label: t('users.teams'),
      value: {
        text: formatNames(
          user.teams.map(({ name }) => name),
          locale,
        ),
      },
    },
    { label: t('users.email'), value: { text: user.email ?? '' } },
    { label: t('users.locale'), value: { text: t(`users.locale.${language}`) } },
    { label: t('users.mustChangePassword'), value: { text: formatYesNo(user.must_change_password, t) } },
    { label: t('users.ownedCustomers'), value: { text: formatNumber(user.owned_customers, locale) } },
    {
      label: t('users.createdAt'),
      value: {
        text: formatRelative(user.created_at, deps.now(), locale),
        title: formatDateTime(user.created_at, locale),
      },
    },
  ];
}

function sessionSection(
  context: ViewerContext,
  user: UserRecord,
  sessions: readonly OwnSessionRow[],
): SectionView {
  const { t, locale, viewer } = context;
  return {
    id: 'sign-ins',
    title: t('users.openSignIns'),
    columns: [t('auth.device'), t('auth.address'), t('auth.since'), t('auth.lastSeen')],
    rows: sessions.map((session) => ({
      cells: [
        { text: deviceName(session.user_agent), title: session.user_agent },
        { text: session.address },
        { text: formatDateTime(session.created_at, locale) },
        { text: formatDateTime(session.last_seen_at, locale) },
      ],
      mark: session.id === viewer.loginSessionId ? t('auth.thisSession') : '',
      button:
        session.id === viewer.loginSessionId
          ? undefined
          : {
              action: `/admin/users/${user.id}/sessions/${session.id}/end`,
              label: t('auth.endSession'),
              spokenLabel: t('users.endSignIn', { since: formatDateTime(session.created_at, locale) }),
            },
    })),
    emptyText: t('users.noOpenSignIns'),
    more: undefined,
  };
}

function signInSection(context: ViewerContext, user: UserRecord, signIns: readonly SignInRow[]): SectionView {
  const { t } = context;
  return {
    id: 'recent-sign-ins',
    title: t('users.recentSignIns'),
    columns: signInColumns.map((column) => t(column)),
    rows: plainRows(signIns.map((row) => signInCells(context, row))),
    emptyText: t('users.noSignIns'),
    more: { label: t('users.allSignIns'), href: `/admin/login-log?person=${user.id}` },
  };
}
