import { permissionNames, permissions, type Permission, type Scope } from '../../src/core/permissions.js';
import { shippedRoles } from '../../src/core/shipped-roles.js';
import type { TestClient } from '../support/client.js';
import type { SeededCustomer } from './canary-seed.js';

type Grants = Partial<Record<Permission, Scope>>;

/** Every permission of the product, each no further than it has to reach. */
const everythingOfTheirOwn: Grants = Object.fromEntries(
  permissionNames.map((permission) => [permission, permissions[permission][0]]),
);

/** The shipped roles, and one that may do everything with customers of its own. */
export const roles: readonly { name: string; grants: Grants }[] = [
  ...shippedRoles.map(({ key, grants }) => ({ name: key, grants })),
  { name: 'everything of their own', grants: everythingOfTheirOwn },
];

/** Somebody who looks at everything: the calendar feed is '' for those who may have none. */
export interface Visitor {
  readonly name: string;
  readonly grants: Grants;
  readonly client: TestClient;
  readonly own: SeededCustomer;
  readonly calendar: string;
}

/** True when the scope of a permission reaches a seeded customer; one that was not seeded belongs to nobody they know. */
export function visitorReaches(
  { grants, own }: Visitor,
  permission: Permission,
  customer: SeededCustomer | undefined,
): boolean {
  switch (grants[permission]) {
    case 'all':
      return true;
    case 'team':
      return customer?.teamId === own.teamId;
    case 'own':
      return customer?.ownerId === own.ownerId;
    default:
      return false;
  }
}
