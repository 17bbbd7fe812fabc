import type { MessageKey } from './i18n.js';
import type { Permission } from './permissions.js';

export interface NavigationItem {
  readonly label: MessageKey;
  readonly href: string;
  /** Name of a symbol in public/icons.css. */
  readonly icon: string;
  readonly permission: Permission | 'signed-in';
  /** The key after `g` that goes there. */
  readonly shortcut?: string;
}

export interface NavigationGroup {
  readonly label: MessageKey;
  readonly items: readonly NavigationItem[];
}

/** The left navigation, by module. Items without permission are left out; so are empty groups. */
export const navigation: readonly NavigationGroup[] = [
  {
    label: 'navigation.work',
    items: [
      { label: 'navigation.home', href: '/', icon: 'home', permission: 'signed-in', shortcut: 'h' },
      {
        label: 'navigation.customers',
        href: '/customers',
        icon: 'users',
        permission: 'customers:read',
        shortcut: 'c',
      },
      {
        label: 'navigation.segments',
        href: '/segments',
        icon: 'target',
        permission: 'customers:read',
      },
      {
        label: 'navigation.followUps',
        href: '/follow-ups',
        icon: 'calendar-event',
        permission: 'follow-ups:manage',
        shortcut: 'f',
      },
      {
        label: 'navigation.servedThings',
        href: '/served-things',
        icon: 'list-check',
        permission: 'customers:read',
      },
      { label: 'navigation.lateVisits', href: '/late-visits', icon: 'clock', permission: 'customers:read' },
      { label: 'publicPool.title', href: '/public-pool', icon: 'inbox', permission: 'public-pool:claim' },
    ],
  },
  {
    label: 'navigation.service',
    items: [
      {
        label: 'navigation.serviceRequests',
        href: '/service-requests',
        icon: 'headset',
        permission: 'service-requests:read',
        shortcut: 'r',
      },
      {
        label: 'returnVisits.title',
        href: '/return-visits',
        icon: 'transfer',
        permission: 'service-requests:read',
      },
      {
        label: 'articles.title',
        href: '/articles',
        icon: 'book',
        permission: 'service-requests:read',
      },
      { label: 'navigation.evaluations', href: '/evaluations', icon: 'star', permission: 'evaluations:read' },
    ],
  },
  {
    label: 'navigation.data',
    items: [
      {
        label: 'navigation.duplicates',
        href: '/duplicates',
        icon: 'copy',
        permission: 'customers:merge',
        shortcut: 'd',
      },
      {
        label: 'navigation.imports',
        href: '/imports',
        icon: 'file-import',
        permission: 'imports:run',
        shortcut: 'i',
      },
      {
        label: 'navigation.exports',
        href: '/exports',
        icon: 'file-export',
        permission: 'customers:export',
        shortcut: 'x',
      },
      { label: 'navigation.tags', href: '/tags', icon: 'tag', permission: 'tags:manage' },
      { label: 'navigation.tiers', href: '/tiers', icon: 'star', permission: 'tiers:manage' },
      {
        label: 'handovers.title',
        href: '/handovers/new',
        icon: 'transfer',
        permission: 'customers:hand-over',
      },
      { label: 'navigation.recycleBin', href: '/recycle-bin', icon: 'trash', permission: 'customers:delete' },
    ],
  },
  {
    label: 'navigation.administration',
    items: [
      {
        label: 'navigation.users',
        href: '/admin/users',
        icon: 'user-cog',
        permission: 'users:manage',
        shortcut: 'u',
      },
      { label: 'navigation.roles', href: '/admin/roles', icon: 'shield', permission: 'roles:manage' },
      { label: 'navigation.teams', href: '/admin/teams', icon: 'sitemap', permission: 'teams:manage' },
      {
        label: 'navigation.customFields',
        href: '/admin/custom-fields',
        icon: 'note',
        permission: 'custom-fields:manage',
      },
      {
        label: 'navigation.servedThingKinds',
        href: '/admin/served-thing-kinds',
        icon: 'settings',
        permission: 'served-things:manage-kinds',
      },
      {
        label: 'navigation.evaluationRules',
        href: '/admin/evaluation-rules',
        icon: 'star',
        permission: 'service-settings:manage',
      },
      {
        label: 'navigation.serviceSettings',
        href: '/admin/service-settings',
        icon: 'settings',
        permission: 'service-settings:manage',
      },
      {
        label: 'navigation.auditLog',
        href: '/admin/audit-log',
        icon: 'history',
        permission: 'audit-log:read',
        shortcut: 'a',
      },
      {
        label: 'navigation.erasures',
        href: '/admin/erasures',
        icon: 'shield',
        permission: 'customers:erase',
      },
      { label: 'navigation.loginLog', href: '/admin/login-log', icon: 'login', permission: 'login-log:read' },
      { label: 'navigation.outbox', href: '/admin/outbox', icon: 'mail', permission: 'outbox:manage' },
      { label: 'navigation.jobs', href: '/admin/jobs', icon: 'list-check', permission: 'system:manage' },
    ],
  },
];
