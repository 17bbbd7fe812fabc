import type { ViewerContext } from '../../core/context.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { FormValues } from '../../core/form.js';
import { formatDay, formatNumber } from '../../core/format.js';
import { pageHeader, type AdminConfirmView } from '../admin/admin-pages.js';
import type { Tier, TierPolicy, TierRule } from './tier.js';
import type { TierMove } from './tier-preview.queries.js';
import { tiersPath } from './tiers.views.js';

type NamedTier = Pick<TierRule, 'id'> & { readonly name: string };

/** What the form that confirms sends: what was typed, and that its effect was seen. */
const confirming = (typed: FormValues): HiddenFieldView[] => [
  ...Object.entries(typed).flatMap(([name, value]) =>
    typeof value === 'string' && !['_csrf', 'isPreviewed'].includes(name) ? [{ name, value }] : [],
  ),
  { name: 'isPreviewed', value: 'on' },
];

/** Who would move if a tier was saved as typed. `action` takes the form, `tiers` are those before and after. */
export function tierPreviewView(
  context: ViewerContext,
  { action, name, typed }: { readonly action: string; readonly name: string; readonly typed: FormValues },
  tiers: readonly NamedTier[],
  moves: readonly TierMove[],
): AdminConfirmView {
  const { t } = context;
  return confirmView(context, {
    action,
    question: t('tiers.previewQuestion', { name }),
    consequences: [...moveTexts(context, tiers, moves), ...overriddenTexts(context, moves)],
    hidden: confirming(typed),
    confirmLabel: t('tiers.confirm'),
    isDestructive: false,
  });
}

/** Who would move if window and grace period were saved as typed. */
export function policyPreviewView(
  context: ViewerContext,
  { windowDays, graceDays }: TierPolicy,
  typed: FormValues,
  tiers: readonly NamedTier[],
  moves: readonly TierMove[],
): AdminConfirmView {
  const { t } = context;
  return confirmView(context, {
    action: `${tiersPath}/policy`,
    question: t('tiers.previewPolicyQuestion', { window: windowDays, grace: graceDays }),
    consequences: [...moveTexts(context, tiers, moves), ...overriddenTexts(context, moves)],
    hidden: confirming(typed),
    confirmLabel: t('tiers.confirm'),
    isDestructive: false,
  });
}

/** Who would move if a tier was deleted. */
export function tierDeletionView(
  context: ViewerContext,
  tier: Tier,
  tiers: readonly NamedTier[],
  moves: readonly TierMove[],
): AdminConfirmView {
  const { t } = context;
  return confirmView(context, {
    action: `${tiersPath}/${tier.id}/deletion`,
    question: t('tiers.deleteQuestion', { name: tier.name }),
    consequences: [...moveTexts(context, tiers, moves), t('tiers.deleteOverrides', { name: tier.name })],
    hidden: [{ name: 'version', value: String(tier.version) }],
    confirmLabel: t('tiers.delete'),
    isDestructive: true,
  });
}

function confirmView(
  { t }: ViewerContext,
  confirm: Omit<AdminConfirmView['confirm'], 'cancelHref'>,
): AdminConfirmView {
  const title = t('tiers.previewTitle');
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('navigation.tiers'), href: tiersPath }] }),
    confirm: { ...confirm, cancelHref: tiersPath },
  };
}

/** One sentence for each group of customers. */
function moveTexts(
  context: ViewerContext,
  tiers: readonly NamedTier[],
  moves: readonly TierMove[],
): string[] {
  const { t } = context;
  if (moves.length === 0) return [t('tiers.previewNothing')];
  return moves.map((move) => {
    const text = moveText(context, tiers, move);
    const names = move.examples.join(t('common.listSeparator'));
    return names === '' ? text : t('tiers.previewExamples', { move: text, names });
  });
}

function overriddenTexts({ t, locale }: ViewerContext, moves: readonly TierMove[]): string[] {
  const count = moves.reduce((sum, move) => sum + move.overridden, 0);
  return count === 0 ? [] : [t('tiers.previewOverridden', { count, number: formatNumber(count, locale) })];
}

function moveText({ t, locale }: ViewerContext, tiers: readonly NamedTier[], move: TierMove): string {
  const nameOf = (id: string | null): string => tiers.find((tier) => tier.id === id)?.name ?? t('tiers.none');
  const params = {
    count: move.count,
    number: formatNumber(move.count, locale),
    from: nameOf(move.from_id),
    to: nameOf(move.to_id),
  };
  if (move.kept_until !== null)
    return t('tiers.previewKept', { ...params, day: formatDay(move.kept_until, locale) });
  return t(move.from_id === move.to_id ? 'tiers.previewRegained' : 'tiers.previewMove', params);
}
