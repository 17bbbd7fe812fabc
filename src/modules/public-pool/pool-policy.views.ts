import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import type { Choice } from '../customers/customer-choices.queries.js';
import type { PoolPolicy } from './pool-policy.js';
import type { PoolForecast, SavedPoolPolicy } from './public-pool.queries.js';
import { ruleFieldName } from './public-pool.schemas.js';

export const poolPolicyPath = '/admin/public-pool';

const trail = ({ t }: ViewerContext) => [{ label: t('publicPool.title'), href: '/public-pool' }];

/** The page with the rules of the pool; with values and problems after a refusal. */
export function poolFormView(
  context: ViewerContext,
  saved: SavedPoolPolicy,
  tiers: readonly Choice[],
  values: FormValues = storedValues(saved, tiers),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('publicPool.rules');
  const { version } = values;
  const form = formView(t, specs(tiers), values, problems);
  const labels = new Map(tierRows(tiers).flatMap(({ id, name }) => ruleLabels(context, id, name)));
  return {
    title,
    header: pageHeader(title, { trail: trail(context), subtitle: t('publicPool.rulesSubtitle') }),
    editForm: {
      action: poolPolicyPath,
      form: {
        ...form,
        fields: form.fields.map((field) => ({ ...field, label: labels.get(field.name) ?? field.label })),
      },
      hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(saved.version) }],
      submitLabel: t('publicPool.preview'),
      cancelHref: '/public-pool',
    },
  };
}

/** Tiers with a rule of their own, then everybody else. */
const tierRows = (tiers: readonly Choice[]) => [...tiers, { id: null, name: null }];

const ruleLabels = ({ t }: ViewerContext, id: string | null, name: string | null): [string, string][] => {
  const tier = name ?? t('publicPool.others');
  return [
    [ruleFieldName('contact', id), t('publicPool.noContactDays', { tier })],
    [ruleFieldName('purchase', id), t('publicPool.noPurchaseDays', { tier })],
  ];
};

function specs(tiers: readonly Choice[]): readonly FieldSpec[] {
  return [
    { name: 'isOn', label: 'publicPool.isOn', kind: 'checkbox', help: 'publicPool.isOnHelp' },
    ...tierRows(tiers).flatMap(({ id }): FieldSpec[] => [
      { name: ruleFieldName('contact', id), label: 'publicPool.noContactDays', kind: 'number' },
      { name: ruleFieldName('purchase', id), label: 'publicPool.noPurchaseDays', kind: 'number' },
    ]),
    { name: 'protectsPlanned', label: 'publicPool.protectsPlanned', kind: 'checkbox' },
    {
      name: 'warningDays',
      label: 'publicPool.warningDays',
      kind: 'number',
      required: true,
      help: 'publicPool.warningDaysHelp',
    },
    { name: 'dailyQuota', label: 'publicPool.dailyQuota', kind: 'number', help: 'publicPool.emptyForAny' },
    {
      name: 'maximumOwned',
      label: 'publicPool.maximumOwned',
      kind: 'number',
      help: 'publicPool.emptyForAny',
    },
    {
      name: 'coolDownDays',
      label: 'publicPool.coolDownDays',
      kind: 'number',
      required: true,
      help: 'publicPool.coolDownDaysHelp',
    },
  ];
}

/** What is saved, by the names of the form's fields. */
function storedValues({ policy, version }: SavedPoolPolicy, tiers: readonly Choice[]): FormValues {
  const known = policy.rules.filter(({ tierId }) => tierId === null || tiers.some(({ id }) => id === tierId));
  const days = known.flatMap(({ tierId, noContactDays, noPurchaseDays }): [string, string][] => [
    [ruleFieldName('contact', tierId), String(noContactDays ?? '')],
    [ruleFieldName('purchase', tierId), String(noPurchaseDays ?? '')],
  ]);
  return {
    ...Object.fromEntries(days),
    isOn: policy.isOn,
    protectsPlanned: policy.protectsPlanned,
    warningDays: String(policy.warningDays),
    dailyQuota: String(policy.dailyQuota ?? ''),
    maximumOwned: String(policy.maximumOwned ?? ''),
    coolDownDays: String(policy.coolDownDays),
    version: String(version),
  };
}

/** Who would come into the pool if the rules were saved as typed. */
export function poolPreviewView(
  context: ViewerContext,
  policy: PoolPolicy,
  typed: FormValues,
  forecast: readonly PoolForecast[],
): AdminConfirmView {
  const { t } = context;
  const title = t('publicPool.previewTitle');
  const hidden = Object.entries(typed).flatMap(([name, value]) =>
    typeof value === 'string' && !['_csrf', 'isPreviewed'].includes(name) ? [{ name, value }] : [],
  );
  return {
    title,
    header: pageHeader(title, { trail: trail(context) }),
    confirm: {
      action: poolPolicyPath,
      question: t(policy.isOn ? 'publicPool.previewQuestion' : 'publicPool.previewOffQuestion'),
      consequences: forecast.map((row) => forecastText(context, policy, row)),
      hidden: [...hidden, { name: 'isPreviewed', value: 'on' }],
      confirmLabel: t('form.save'),
      cancelHref: poolPolicyPath,
      isDestructive: false,
    },
  };
}

function forecastText({ t, locale }: ViewerContext, { warningDays }: PoolPolicy, row: PoolForecast): string {
  const who = {
    all: t('publicPool.forecastAll'),
    tier: t('publicPool.forecastTier', { name: row.tier_name ?? t('tiers.none') }),
    owner: t('publicPool.forecastOwner', { name: row.owner_name ?? '' }),
  }[row.kind];
  return t('publicPool.forecast', {
    who,
    due: formatNumber(row.due, locale),
    soon: formatNumber(row.soon, locale),
    days: warningDays,
  });
}
