import type { Translate } from '../../core/i18n.js';
import { shippedName, type MaybeShipped } from '../../core/shipped-name.js';
import { shippedRoles } from '../../core/shipped-roles.js';

/** A role's name; shipped roles that nobody renamed are named in the viewer's language. */
export const roleName = (t: Translate, role: MaybeShipped): string =>
  shippedName(t, role, shippedRoles, (key) => `roles.shipped.${key}`);

/** A role's description, by the same rule. */
export const roleDescription = (
  t: Translate,
  { description, shippedKey }: MaybeShipped & { readonly description: string },
): string =>
  shippedName(
    t,
    { name: description, shippedKey },
    shippedDescriptions,
    (key) => `roles.shipped.${key}.description`,
  );

const shippedDescriptions = shippedRoles.map(({ key, description }) => ({ key, name: description }));
