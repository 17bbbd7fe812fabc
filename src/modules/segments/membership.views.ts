import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import type { Membership } from './explain-membership.queries.js';
import { conditionText, matchText, valueText } from './rule-text.js';
import { isGroup, type SegmentGroup } from './rules.js';
import type { SegmentCatalogue } from './segment-catalogue.js';
import type { SegmentChoices } from './segment-choices.queries.js';
import { segmentsPath } from './segments-path.js';
import type { SegmentRecord } from './segments.queries.js';

/** A rule with how the customer stands to it today. */
export type ExplainedRule =
  | {
      readonly kind: 'group';
      readonly heading: string;
      readonly isFulfilled: boolean;
      readonly rules: readonly ExplainedRule[];
    }
  | {
      readonly kind: 'condition';
      readonly text: string;
      /** The customer's value in words. */
      readonly value: string;
      readonly isFulfilled: boolean;
    };

export interface MembershipView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** Whether and since when the customer is in. */
  readonly standing: string;
  readonly standingExact: string;
  /** Said where members and rules differ by now; '' where they agree. */
  readonly notice: string;
  readonly explained: ExplainedRule;
}

/** Why a customer is in a segment, or why not. */
export function membershipView(
  context: ViewerContext,
  segment: SegmentRecord,
  customerId: string,
  membership: Membership,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
): MembershipView {
  const { t, locale, deps } = context;
  const { name, added_at: addedAt } = membership;
  const title = t('segments.whyTitle', { name, segment: segment.name });
  const answers = membership.fulfilled.map((isFulfilled, index) => ({
    isFulfilled,
    value: membership.values[index] ?? null,
  }));
  const explained = explainGroup(context, segment.rules, catalogue, choices, answers.values());
  return {
    title,
    header: pageHeader(title, {
      trail: [
        { label: t('navigation.segments'), href: segmentsPath },
        { label: segment.name, href: `${segmentsPath}/${segment.id}` },
        { label: name, href: `/customers/${customerId}` },
      ],
    }),
    standing:
      addedAt === null
        ? t('segments.isNotIn', { name })
        : t('segments.isIn', { name, when: formatRelative(addedAt, deps.now(), locale) }),
    standingExact: addedAt === null ? '' : formatDateTime(addedAt, locale),
    notice: noticeText(context, segment, addedAt !== null, explained.isFulfilled),
    explained,
  };
}

function noticeText({ t }: ViewerContext, { kind }: SegmentRecord, isIn: boolean, fits: boolean): string {
  if (isIn === fits) return '';
  if (kind === 'static') return t('segments.staticDiffers');
  return t(fits ? 'segments.entersAtRefresh' : 'segments.leavesAtRefresh');
}

interface Answer {
  readonly isFulfilled: boolean;
  readonly value: string | null;
}

/** Takes the answers in the order in which conditions are read. */
function explainGroup(
  context: ViewerContext,
  group: SegmentGroup,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
  answers: Iterator<Answer>,
): ExplainedRule {
  const rules = group.rules.map((rule): ExplainedRule => {
    if (isGroup(rule)) return explainGroup(context, rule, catalogue, choices, answers);
    const next = answers.next();
    const { isFulfilled, value }: Answer = next.done ? { isFulfilled: false, value: null } : next.value;
    const field = catalogue.get(rule.field);
    return {
      kind: 'condition',
      text: conditionText(context, rule, catalogue, choices),
      value: (field ? valueText(context, field, value, choices) : '') || context.t('segments.noValue'),
      isFulfilled,
    };
  });
  return {
    kind: 'group',
    heading: matchText(context, group.match),
    isFulfilled: fulfils(group, rules),
    rules,
  };
}

function fulfils({ match }: SegmentGroup, rules: readonly ExplainedRule[]): boolean {
  const hits = rules.filter(({ isFulfilled }) => isFulfilled).length;
  if (match === 'all') return hits === rules.length;
  return match === 'any' ? hits > 0 : hits === 0;
}
