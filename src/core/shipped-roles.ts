import { permissionNames, permissions, type Permission, type Scope } from './permissions.js';

export interface ShippedRole {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly grants: Partial<Record<Permission, Scope>>;
}

const everything = Object.fromEntries(
  permissionNames.map((permission) => [permission, permissions[permission].at(-1) ?? 'all'] as const),
);

/** The roles a new installation starts with. They are data from then on: administrators change them on the roles page. */
export const shippedRoles: readonly ShippedRole[] = [
  {
    key: 'administrator',
    name: 'Administrator',
    description: 'Runs the product: users, roles, settings, and all data.',
    grants: everything,
  },
  {
    key: 'manager',
    name: 'Manager',
    description: 'Runs branches: sees all customers, imports, exports and reads reports.',
    grants: {
      'customers:read': 'all',
      'customers:create': 'all',
      'customers:edit': 'all',
      'customers:delete': 'all',
      'customers:merge': 'all',
      'customers:reveal-contact': 'all',
      'customers:export': 'all',
      'customers:export-contact': 'team',
      'customers:override-tier': 'all',
      'purchases:create': 'all',
      'contact-records:create': 'all',
      'contact-records:edit': 'all',
      'follow-ups:manage': 'all',
      'tags:manage': 'all',
      'tiers:manage': 'all',
      'imports:run': 'all',
      'views:share': 'all',
      'audit-log:read': 'all',
    },
  },
  {
    key: 'agent',
    name: 'Service agent',
    description: 'Serves customers at the desk and on the phone.',
    grants: {
      'customers:read': 'all',
      'customers:create': 'all',
      'customers:edit': 'team',
      'customers:reveal-contact': 'team',
      'purchases:create': 'team',
      'contact-records:create': 'all',
      'contact-records:edit': 'own',
      'follow-ups:manage': 'team',
    },
  },
  {
    key: 'account',
    name: 'Account staff',
    description: 'Looks after customers of their own.',
    grants: {
      'customers:read': 'team',
      'customers:create': 'all',
      'customers:edit': 'own',
      'customers:delete': 'own',
      'customers:merge': 'own',
      'customers:reveal-contact': 'own',
      'customers:export': 'own',
      'purchases:create': 'own',
      'contact-records:create': 'team',
      'contact-records:edit': 'own',
      'follow-ups:manage': 'own',
    },
  },
  {
    key: 'auditor',
    name: 'Auditor',
    description: 'Reads everything that happened; changes nothing.',
    grants: {
      'customers:read': 'all',
      'audit-log:read': 'all',
      'audit-log:export': 'all',
      'login-log:read': 'all',
    },
  },
];
