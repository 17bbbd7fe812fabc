import { isMessageKey, type Translate } from './i18n.js';

/** A record that may be one the product came with. */
export interface MaybeShipped {
  readonly name: string;
  readonly shippedKey: string | null;
}

interface Shipped {
  readonly key: string;
  readonly name: string;
}

/** The name of a record; one the product came with, and that nobody renamed, is named in the viewer's language. */
export function shippedName(
  t: Translate,
  { name, shippedKey }: MaybeShipped,
  shipped: readonly Shipped[],
  textKey: (key: string) => string,
): string {
  const original = shipped.find(({ key }) => key === shippedKey);
  const text = original?.name === name ? textKey(original.key) : '';
  return isMessageKey(text) ? t(text) : name;
}
