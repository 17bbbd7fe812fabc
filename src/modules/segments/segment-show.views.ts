import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { can } from '../../core/viewer.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import { pageHeader, plainRows, type ButtonView, type SectionView } from '../admin/admin-pages.js';
import { rulesInWords, type RuleWords } from './rule-text.js';
import type { SegmentCatalogue } from './segment-catalogue.js';
import type { SegmentChoices } from './segment-choices.queries.js';
import { segmentsPath } from './segments-path.js';
import { memberCountCell, refreshedCell } from './segments-list.views.js';
import { membersShown, type SegmentMember, type SegmentRecord } from './segments.queries.js';

export interface SegmentShowView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly definitions: readonly DefinitionView[];
  readonly description: string;
  /** While its members are being found. */
  readonly progress: ProgressView | undefined;
  /** Undefined for those who may not, and for static segments. */
  readonly refresh: ButtonView | undefined;
  readonly words: RuleWords;
  readonly members: SectionView;
}

/** A segment: what it asks, who is in it, and how fresh that is. */
export function segmentShowView(
  context: ViewerContext,
  segment: SegmentRecord,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
  members: readonly SegmentMember[],
): SegmentShowView {
  const { t, viewer } = context;
  const own = `${segmentsPath}/${segment.id}`;
  const mayManage = can(viewer, 'segments:manage');
  const isOpen = segment.task_state === 'queued' || segment.task_state === 'running';
  const canRefresh = mayManage && !isOpen && (segment.kind === 'dynamic' || segment.refreshed_at === null);
  return {
    title: segment.name,
    header: pageHeader(segment.name, {
      trail: [{ label: t('navigation.segments'), href: segmentsPath }],
      actions: mayManage ? actions(context, own) : [],
    }),
    definitions: definitions(context, segment),
    description: segment.description ?? '',
    progress: isOpen ? segmentProgressView(context, segment) : undefined,
    refresh: canRefresh
      ? { action: `${own}/refresh`, label: t('segments.refreshNow'), spokenLabel: '' }
      : undefined,
    words: rulesInWords(context, segment.rules, catalogue, choices),
    members: memberSection(context, segment, members),
  };
}

const actions = ({ t }: ViewerContext, own: string): PageHeaderView['actions'] => [
  { label: t('form.edit'), href: `${own}/edit`, icon: 'pencil', emphasis: 'primary', shortcut: 'e' },
  { label: t('form.delete'), href: `${own}/deletion`, icon: 'trash', emphasis: 'danger', shortcut: '' },
];

function definitions(context: ViewerContext, segment: SegmentRecord): DefinitionView[] {
  const { t, locale, deps } = context;
  return [
    { label: t('segments.members'), value: memberCountCell(context, segment) },
    { label: t('segments.kind'), value: { text: t(`segments.kind.${segment.kind}`) } },
    { label: t('segments.refreshed'), value: refreshedCell(context, segment.refreshed_at) },
    {
      label: t('segments.createdBy'),
      value: {
        text: t('segments.createdByWhen', {
          name: segment.created_by_name,
          when: formatRelative(segment.created_at, deps.now(), locale),
        }),
        title: formatDateTime(segment.created_at, locale),
      },
    },
    ...(segment.task_state === 'failed'
      ? [{ label: t('segments.lastRefresh'), value: { text: t('segments.refreshFailed') } }]
      : []),
  ];
}

function memberSection(
  { t, locale, deps }: ViewerContext,
  { id, refreshed_at: refreshedAt }: SegmentRecord,
  members: readonly SegmentMember[],
): SectionView {
  return {
    id: 'members',
    title: t('segments.firstMembers', { count: membersShown }),
    columns: [t('customers.name'), t('customers.customerNo'), t('segments.memberSince'), t('segments.why')],
    rows: plainRows(
      members.map((member) => [
        { text: member.name, href: `/customers/${member.id}` },
        { text: member.customer_no },
        {
          text: formatRelative(member.added_at, deps.now(), locale),
          title: formatDateTime(member.added_at, locale),
        },
        {
          text: t('segments.whyName', { name: member.name }),
          href: `${segmentsPath}/${id}/customers/${member.id}`,
        },
      ]),
    ),
    emptyText: t(refreshedAt === null ? 'segments.notFilledYet' : 'segments.nobody'),
    more:
      members.length === 0
        ? undefined
        : { label: t('segments.showAllMembers'), href: `/customers?segment=${id}` },
  };
}

const states = { queued: 'waiting', running: 'running', done: 'done', failed: 'failed' } as const;

/** How far the latest refresh is; it ends with a link to the result. */
export function segmentProgressView({ t }: ViewerContext, segment: SegmentRecord): ProgressView {
  const state = states[segment.task_state ?? 'done'];
  const own = `${segmentsPath}/${segment.id}`;
  return {
    id: 'segment-refresh',
    label: t('segments.refreshing'),
    state,
    done: 0,
    total: undefined,
    text: t(state === 'failed' ? 'segments.refreshFailed' : 'segments.refreshingText'),
    pollUrl: `${own}/progress`,
    doneUrl: state === 'done' || state === 'failed' ? own : '',
    doneLabel: t('segments.showResult'),
  };
}
