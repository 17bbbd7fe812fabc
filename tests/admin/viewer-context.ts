import type { ViewerContext } from '../../src/core/context.js';
import { translator } from '../../src/core/i18n.js';
import { permissionNames, permissions } from '../../src/core/permissions.js';
import type { TestUser } from '../support/factories/user.js';
import type { TestProduct } from '../support/product.js';

/** The context of a user who holds every permission, for calling services without a browser in between. */
export function administratorContext({ deps }: TestProduct, user: TestUser): ViewerContext {
  return {
    deps,
    actor: { id: user.id, name: user.name },
    locale: 'en',
    t: translator('en'),
    viewer: {
      ...user,
      locale: 'en',
      theme: 'auto',
      mustChangePassword: false,
      teamIds: [],
      grants: new Map(
        permissionNames.map((permission) => [permission, permissions[permission].at(-1) ?? 'all']),
      ),
      loginSessionId: user.id,
    },
  };
}
