import { scopes, type Grants } from '../../core/permissions.js';

/**
 * True when somebody with the grants `own` holds every permission of `wanted` in at least the same scope. Nobody grants
 * what they lack, and nobody changes the access of somebody who may do more than they: else a password that they reset
 * would give them what they were never granted.
 */
export function covers(own: Grants, wanted: Grants): boolean {
  return [...wanted].every(([permission, scope]) => {
    const held = own.get(permission);
    return held !== undefined && scopes.indexOf(held) >= scopes.indexOf(scope);
  });
}
