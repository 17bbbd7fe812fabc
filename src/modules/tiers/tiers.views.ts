import { taskError } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { formatCappedCount, formatNumber, formatRelative } from '../../core/format.js';
import { countCap } from '../../core/lists/list.js';
import type { EmptyView } from '../../core/lists/list-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { tierLimits, type Tier, type TierColor, type TierPolicy } from './tier.js';
import { ruleText } from './tier-text.js';
import type { Recalculation, SavedRules } from './tiers.queries.js';

export const tiersPath = '/tiers';

export interface TierRowView {
  readonly id: string;
  readonly rank: string;
  readonly name: string;
  readonly color: TierColor;
  readonly rule: string;
  readonly customers: string;
  readonly customersHref: string;
  readonly editHref: string;
  readonly deletionHref: string;
}

export interface TiersIndexView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** While everybody is being calculated. */
  readonly progress: ProgressView | undefined;
  readonly lastRecalculation: string;
  /** The highest first. */
  readonly tiers: readonly TierRowView[];
  readonly empty: EmptyView;
  readonly policy: readonly DefinitionView[];
}

/** All tiers with their rules and how many customers they have. */
export function tiersIndexView(
  context: ViewerContext,
  { tiers, policy }: SavedRules,
  counts: ReadonlyMap<string, number>,
  recalculation: Recalculation | undefined,
): TiersIndexView {
  const { t, locale } = context;
  const title = t('navigation.tiers');
  const create = {
    label: t('tiers.new'),
    href: `${tiersPath}/new`,
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  return {
    title,
    header: pageHeader(title, {
      count: formatNumber(tiers.length, locale),
      subtitle: t('tiers.subtitle', { count: policy.windowDays }),
      actions: tiers.length < tierLimits.tiers ? [create] : [],
    }),
    progress: isUnderWay(recalculation) ? recalculationView(context, recalculation) : undefined,
    lastRecalculation: lastRecalculationText(context, recalculation),
    tiers: tiers.map((tier) => tierRow(context, tier, counts.get(tier.id) ?? 0)).reverse(),
    empty: {
      title: t('tiers.empty'),
      hint: t('tiers.emptyHint'),
      actionLabel: t('tiers.new'),
      actionHref: create.href,
    },
    policy: policyDefinitions(context, policy),
  };
}

function tierRow(context: ViewerContext, tier: Tier, count: number): TierRowView {
  const own = `${tiersPath}/${tier.id}`;
  return {
    id: tier.id,
    rank: formatNumber(tier.rank, context.locale),
    name: tier.name,
    color: tier.color,
    rule: ruleText(context, tier),
    customers: formatCappedCount(count, countCap, context.locale),
    customersHref: `/customers?tier=${tier.id}`,
    editHref: `${own}/edit`,
    deletionHref: `${own}/deletion`,
  };
}

const policyDefinitions = ({ t }: ViewerContext, { windowDays, graceDays }: TierPolicy): DefinitionView[] => [
  { label: t('tiers.windowDays'), value: { text: t('tiers.dayCount', { count: windowDays }) } },
  { label: t('tiers.graceDays'), value: { text: t('tiers.dayCount', { count: graceDays }) } },
];

const isUnderWay = (recalculation: Recalculation | undefined): boolean =>
  recalculation?.state === 'queued' || recalculation?.state === 'running';

const states = { queued: 'waiting', running: 'running', done: 'done', failed: 'failed' } as const;

/** How far the latest calculation of everybody is. */
export function recalculationView(
  { t, locale }: ViewerContext,
  recalculation: Recalculation | undefined,
): ProgressView {
  const done = recalculation?.progress_done ?? 0;
  const total = recalculation?.progress_total ?? 0;
  const progress = t('tiers.recalculationProgress', {
    done: formatNumber(done, locale),
    total: formatNumber(total, locale),
  });
  return {
    id: 'tier-recalculation',
    label: t('tiers.recalculation'),
    state: recalculation ? states[recalculation.state] : 'done',
    done,
    total,
    text: recalculation ? taskError(t, recalculation.error) || progress : t('tiers.neverRecalculated'),
    pollUrl: `${tiersPath}/recalculation`,
    doneUrl: isUnderWay(recalculation) ? '' : tiersPath,
    doneLabel: t('tiers.showResult'),
  };
}

function lastRecalculationText(
  { t, locale, deps }: ViewerContext,
  recalculation: Recalculation | undefined,
): string {
  if (recalculation === undefined) return t('tiers.neverRecalculated');
  if (recalculation.state === 'failed') return t('tiers.recalculationFailed');
  const at = recalculation.finished_at ?? recalculation.created_at;
  return t('tiers.recalculated', { time: formatRelative(at, deps.now(), locale) });
}
