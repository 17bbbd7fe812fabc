import type { Translate } from '../../core/i18n.js';
import { shippedName } from '../../core/shipped-name.js';
import { shippedCauses } from './shipped-causes.js';

/**
 * The name of a cause, given with those above it, the outermost first. Where the whole path is as the product came with
 * it, the name is in the viewer's language.
 */
export function causeName(t: Translate, path: readonly string[]): string {
  const name = path.at(-1) ?? '';
  const group = shippedCauses.find((one) => one.name === path[0]);
  const cause = path.length === 1 ? group : group?.causes.find((one) => one.name === name);
  const isShipped = cause !== undefined && path.length <= 2;
  const record = { name, shippedKey: isShipped ? cause.key : null };
  return shippedName(t, record, isShipped ? [cause] : [], (key) => `complaintCauses.shipped.${key}`);
}

/** The names of a cause and those above it, the outermost first, in one line. */
export const causePath = (t: Translate, path: readonly string[]): string =>
  path.map((_name, depth) => causeName(t, path.slice(0, depth + 1))).join(t('tree.pathSeparator'));
