import { formView, type FieldView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';

interface NamedTier {
  readonly id: string;
  readonly name: string;
}

/** The filter of customers by tier; none where no tiers are defined. */
export function tierFilter(
  t: Translate,
  tiers: readonly NamedTier[],
  chosen: string | undefined,
): readonly FieldView[] {
  if (tiers.length === 0) return [];
  const options = [
    ...tiers.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'none', label: t('tiers.none') },
  ];
  return formView(t, [{ name: 'tier', label: 'tiers.tier', kind: 'select', options }], { tier: chosen })
    .fields;
}

/** The same filter, where it is set, in words. */
export function describeTierFilter(
  t: Translate,
  tiers: readonly NamedTier[],
  chosen: string | undefined,
): ActiveFilter[] {
  if (!chosen) return [];
  const tier = tiers.find(({ id }) => id === chosen);
  const name = chosen === 'none' ? t('tiers.none') : (tier?.name ?? t('tiers.unknown'));
  return [{ parameter: 'tier', value: chosen, label: `${t('tiers.tier')}: ${name}` }];
}
