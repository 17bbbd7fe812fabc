export const scopes = ['own', 'team', 'all'] as const;
export type Scope = (typeof scopes)[number];

/** How far a permission of the whole product can reach: records with owners take a scope, the rest is for all or nobody. */
const owned = ['own', 'team', 'all'] as const;
const whole = ['all'] as const;

/** Every permission of the product with the scopes it can take. A name, once granted to a role, lives for ever. */
export const permissions = {
  'customers:read': owned,
  'customers:create': whole,
  'customers:edit': owned,
  'customers:delete': owned,
  'customers:merge': owned,
  'customers:reveal-contact': owned,
  'customers:export': owned,
  'customers:export-contact': owned,
  'customers:override-tier': owned,
  'customers:export-personal-data': whole,
  'customers:erase': whole,
  'customers:hand-over': whole,
  'purchases:create': owned,
  'purchases:edit': owned,
  'served-things:edit': owned,
  'contact-records:create': owned,
  'contact-records:edit': owned,
  'follow-ups:manage': owned,
  'service-requests:read': owned,
  'service-requests:create': whole,
  'service-requests:work': owned,
  'service-requests:assign': owned,
  'service-requests:close': owned,
  'service-requests:reopen': owned,
  'service-requests:delete': owned,
  'service-requests:export': owned,
  'service-requests:supervise': owned,
  'evaluations:read': owned,
  'service-settings:manage': whole,
  'staff-schedules:manage': whole,
  'answers:manage': whole,
  'public-pool:claim': whole,
  'public-pool:manage': whole,
  'tags:manage': whole,
  'tiers:manage': whole,
  'segments:manage': whole,
  'custom-fields:manage': whole,
  'served-things:manage-kinds': whole,
  'imports:run': whole,
  'views:share': whole,
  'audit-log:read': whole,
  'audit-log:export': whole,
  'login-log:read': whole,
  'users:manage': whole,
  'roles:manage': whole,
  'teams:manage': whole,
  'outbox:manage': whole,
  'system:manage': whole,
} as const satisfies Record<string, readonly Scope[]>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions).filter(isPermission);

/** True when the text names a permission of the product. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text);
}

/** True when the text names a scope. */
export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text);
}

export type Grants = ReadonlyMap<Permission, Scope>;

/** Adds up grants of several roles: for each permission the widest scope wins. */
export function addUpGrants(rows: Iterable<{ permission: string; scope: string }>): Grants {
  const grants = new Map<Permission, Scope>();
  for (const { permission, scope } of rows) {
    if (!isPermission(permission) || !isScope(scope)) continue;
    const held = grants.get(permission);
    if (held === undefined || scopes.indexOf(scope) > scopes.indexOf(held)) grants.set(permission, scope);
  }
  return grants;
}
