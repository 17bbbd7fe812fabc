import type { Translate } from '../../core/i18n.js';
import { shippedName } from '../../core/shipped-name.js';
import { shippedPolicies } from './shipped-policies.js';

/** The name of a policy; one that bears the name of a shipped one is named in the viewer's language. */
export function policyName(t: Translate, name: string): string {
  const shippedKey = shippedPolicies.find((policy) => policy.name === name)?.key ?? null;
  return shippedName(t, { name, shippedKey }, shippedPolicies, (key) => `deadlinePolicies.shipped.${key}`);
}
