import { isMessageKey, type Translate } from '../../core/i18n.js';
import { shippedRoles } from '../../core/shipped-roles.js';

interface NamedRole {
  readonly name: string;
  readonly shippedKey: string | null;
}

const shippedAs = ({ shippedKey }: NamedRole) => shippedRoles.find(({ key }) => key === shippedKey);

/** A role's name; shipped roles that nobody renamed are named in the viewer's language. */
export function roleName(t: Translate, role: NamedRole): string {
  const shipped = shippedAs(role);
  if (shipped?.name !== role.name) return role.name;
  const key = `roles.shipped.${shipped.key}`;
  return isMessageKey(key) ? t(key) : role.name;
}

/** A role's description, by the same rule. */
export function roleDescription(t: Translate, role: NamedRole & { readonly description: string }): string {
  const shipped = shippedAs(role);
  if (shipped?.description !== role.description) return role.description;
  const key = `roles.shipped.${shipped.key}.description`;
  return isMessageKey(key) ? t(key) : role.description;
}
