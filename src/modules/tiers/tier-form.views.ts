import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { tierColors, tierLimits, tierMatches, type Tier } from './tier.js';
import type { SavedRules } from './tiers.queries.js';
import { tiersPath } from './tiers.views.js';

const trail = ({ t }: ViewerContext) => [{ label: t('navigation.tiers'), href: tiersPath }];

/** The fields of a tier. */
export function tierSpecs({ t }: ViewerContext): readonly FieldSpec[] {
  return [
    { name: 'name', label: 'tiers.name', kind: 'text', required: true, maxLength: tierLimits.name },
    { name: 'rank', label: 'tiers.rank', kind: 'number', required: true, help: 'tiers.rankHelp' },
    {
      name: 'color',
      label: 'tags.color',
      kind: 'select',
      required: true,
      options: tierColors.map((color) => ({ value: color, label: t(`tags.color.${color}`) })),
    },
    {
      name: 'minimumAmount',
      label: 'tiers.minimumAmount',
      kind: 'text',
      inputMode: 'decimal',
      help: 'tiers.minimumAmountHelp',
    },
    {
      name: 'minimumPurchases',
      label: 'tiers.minimumPurchases',
      kind: 'number',
      help: 'tiers.minimumPurchasesHelp',
    },
    {
      name: 'maximumRecency',
      label: 'tiers.maximumRecency',
      kind: 'number',
      help: 'tiers.maximumRecencyHelp',
    },
    {
      name: 'match',
      label: 'tiers.match',
      kind: 'select',
      required: true,
      options: tierMatches.map((match) => ({ value: match, label: t(`tiers.match.${match}`) })),
    },
  ];
}

/** What is stored, as the form's fields hold it. */
export const storedTier = (tier: Tier): FormValues => ({
  name: tier.name,
  rank: String(tier.rank),
  color: tier.color,
  minimumAmount: tier.minimumAmount ?? '',
  minimumPurchases: String(tier.minimumPurchases ?? ''),
  maximumRecency: String(tier.maximumRecency ?? ''),
  match: tier.match,
});

/** The page for a new tier, which begins above all others. */
export function newTierView(
  context: ViewerContext,
  { tiers }: SavedRules,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const highest = tiers.at(-1)?.rank ?? 0;
  const empty = { rank: String(Math.min(highest + 1, tierLimits.rank)), color: tierColors[0], match: 'all' };
  const title = context.t('tiers.new');
  return {
    title,
    header: pageHeader(title, { trail: trail(context) }),
    editForm: {
      ...previewedForm(context, tiersPath, []),
      form: formView(context.t, tierSpecs(context), values ?? empty, problems),
    },
  };
}

/** The page that changes a tier; with values and problems after a refusal. */
export function tierFormView(
  context: ViewerContext,
  tier: Tier,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('tiers.edit', { name: tier.name });
  return {
    title,
    header: pageHeader(title, {
      trail: trail(context),
      actions: [
        {
          label: context.t('tiers.delete'),
          href: `${tiersPath}/${tier.id}/deletion`,
          icon: 'trash',
          emphasis: 'danger',
          shortcut: '',
        },
      ],
    }),
    editForm: tierForm(context, tier, values ?? { ...storedTier(tier), version: tier.version }, problems),
  };
}

/** The form of a tier that exists; `version` in the values is what it was opened with. */
export function tierForm(
  context: ViewerContext,
  tier: Tier,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const hidden = [{ name: 'version', value: versionText(values) }];
  return {
    ...previewedForm(context, `${tiersPath}/${tier.id}`, hidden),
    form: formView(context.t, tierSpecs(context), values, problems),
  };
}

const policySpecs: readonly FieldSpec[] = [
  {
    name: 'windowDays',
    label: 'tiers.windowDays',
    kind: 'number',
    required: true,
    help: 'tiers.windowDaysHelp',
  },
  {
    name: 'graceDays',
    label: 'tiers.graceDays',
    kind: 'number',
    required: true,
    help: 'tiers.graceDaysHelp',
  },
];

/** The page that changes window and grace period. */
export function policyFormView(
  context: ViewerContext,
  { policy, policyVersion }: SavedRules,
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('tiers.policyChange');
  const shown = values ?? {
    windowDays: String(policy.windowDays),
    graceDays: String(policy.graceDays),
    version: policyVersion,
  };
  const hidden = [{ name: 'version', value: versionText(shown) }];
  return {
    title,
    header: pageHeader(title, { trail: trail(context) }),
    editForm: {
      ...previewedForm(context, `${tiersPath}/policy`, hidden),
      form: formView(context.t, policySpecs, shown, problems),
    },
  };
}

const versionText = ({ version }: FormValues): string =>
  typeof version === 'string' || typeof version === 'number' ? String(version) : '';

/** A form that shows who would move before anything is saved. */
const previewedForm = ({ t }: ViewerContext, action: string, hidden: EditFormView['hidden']) => ({
  action,
  hidden,
  submitLabel: t('tiers.preview'),
  cancelHref: tiersPath,
});
