import { z } from 'zod';
import { formatNumber } from '../../../core/format.js';
import type { Locale, MessageKey, Translate } from '../../../core/i18n.js';
import { PoolRule } from '../../public-pool/pool-policy.js';

/** Before the name of a part of a setting that is shown as a column of its own. */
export const settingPrefix = 'value.';

/** What the parts of settings are called, whatever their setting. */
const settingLabels: Readonly<Record<string, MessageKey>> = {
  isOn: 'publicPool.isOn',
  rules: 'auditLog.column.rules',
  protectsPlanned: 'publicPool.protectsPlanned',
  warningDays: 'publicPool.warningDays',
  dailyQuota: 'publicPool.dailyQuota',
  maximumOwned: 'publicPool.maximumOwned',
  coolDownDays: 'publicPool.coolDownDays',
  windowDays: 'tiers.windowDays',
  graceDays: 'tiers.graceDays',
  toleranceDays: 'visitRhythm.toleranceDays',
  goneIntervals: 'visitRhythm.goneIntervals',
  restDays: 'visitRhythm.restDays',
  maximumAttempts: 'visitRhythm.maximumAttempts',
  businessName: 'surveys.businessName',
  locale: 'surveys.locale',
  expiryDays: 'surveys.expiryDays',
  quietDays: 'surveys.quietDays',
  yearlyMost: 'surveys.yearlyMost',
  lowScore: 'surveys.lowScore',
  reasonsLow: 'surveys.reasonsLow',
  reasonsMiddle: 'surveys.reasonsMiddle',
  reasonsHigh: 'surveys.reasonsHigh',
};

/** The label of a column that is part of a setting. */
export const settingLabel = (column: string): MessageKey | undefined =>
  column.startsWith(settingPrefix) ? settingLabels[column.slice(settingPrefix.length)] : undefined;

const Parts = z.record(z.string(), z.unknown());

/** A setting part by part; undefined for one with a part that has no label: it stays as it is. */
export function settingParts(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  const { data } = Parts.safeParse(value);
  if (data === undefined || !Object.keys(data).every((name) => Object.hasOwn(settingLabels, name)))
    return undefined;
  return Object.entries(data).map(([name, part]) => [`${settingPrefix}${name}`, part] as const);
}

interface Words {
  readonly t: Translate;
  readonly locale: Locale;
}

/** The rules of the public pool in words; undefined for anything else. */
export function poolRulesText(
  { t, locale }: Words,
  value: unknown,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const { data: rules } = PoolRule.array().safeParse(value);
  return rules
    ?.flatMap(({ tierId, noContactDays, noPurchaseDays }) => {
      const tier = tierId === null ? t('publicPool.others') : (names.get(tierId) ?? tierId);
      const days = (label: 'publicPool.noContactDays' | 'publicPool.noPurchaseDays', count: number | null) =>
        count === null ? [] : [`${t(label, { tier })} ${formatNumber(count, locale)}`];
      return [
        ...days('publicPool.noContactDays', noContactDays),
        ...days('publicPool.noPurchaseDays', noPurchaseDays),
      ];
    })
    .join(t('auditLog.columnSeparator'));
}

/** The ids of tiers that the value of a setting names. */
export function settingReferences(value: unknown): readonly unknown[] {
  const { data } = z.object({ rules: PoolRule.array() }).safeParse(value);
  return (data?.rules ?? []).map(({ tierId }) => tierId);
}
