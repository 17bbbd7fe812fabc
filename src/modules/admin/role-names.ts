import { isMessageKey, type Translate } from '../../core/i18n.js';
import { shippedRoles } from '../../core/shipped-roles.js';

interface NamedRole {
  readonly name: string;
  readonly shippedKey: string | null;
}

/** A role's name; shipped roles that nobody renamed are named in the viewer's language. */
export function roleName(t: Translate, role: NamedRole): string {
  const shipped = shippedRoles.find(({ key }) => key === role.shippedKey);
  const key = `roles.shipped.${role.shippedKey ?? ''}`;
  return shipped?.name === role.name && isMessageKey(key) ? t(key) : role.name;
}

/** A role's description, by the same rule. */
export function roleDescription(t: Translate, role: NamedRole & { readonly description: string }): string {
  const shipped = shippedRoles.find(({ key }) => key === role.shippedKey);
  const key = `roles.shipped.${role.shippedKey ?? ''}.description`;
  return shipped?.description === role.description && isMessageKey(key) ? t(key) : role.description;
}
