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
      'customers:export-personal-data': 'all',
      'customers:hand-over': 'all',
      'purchases:create': 'all',
      'purchases:edit': 'all',
      'served-things:edit': 'all',
      'served-things:manage-kinds': 'all',
      'contact-records:create': 'all',
      'contact-records:edit': 'all',
      'follow-ups:manage': 'all',
      'public-pool:claim': 'all',
      'public-pool:manage': 'all',
      'tags:manage': 'all',
      'tiers:manage': 'all',
      'segments:manage': 'all',
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
      'purchases:edit': 'team',
      'served-things:edit': 'team',
      'contact-records:create': 'all',
      'contact-records:edit': 'own',
      'follow-ups:manage': 'team',
      'public-pool:claim': 'all',
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
      'purchases:edit': 'own',
      'served-things:edit': 'own',
      'contact-records:create': 'team',
      'contact-records:edit': 'own',
      'follow-ups:manage': 'own',
      'public-pool:claim': 'all',
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
