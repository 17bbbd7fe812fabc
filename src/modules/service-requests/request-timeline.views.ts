import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { isMessageKey, type Translate } from '../../core/i18n.js';
import type { TimelineItemView, TimelineView } from '../../core/views/timeline-view.js';
import { can } from '../../core/viewer.js';
import { ChoiceReason } from '../assignment/assignment-reason.js';
import { choiceReasonText } from '../assignment/assignment-reason-text.js';
import { splittableKinds } from '../request-links/split-entry.queries.js';
import { stateName } from '../request-states/state-name.js';
import { requestTimelineSize, type RequestTimelineRow } from './request-timeline.queries.js';
import type { RequestRecord } from './service-requests.queries.js';

type Told = Pick<TimelineItemView, 'icon' | 'title' | 'text'>;

/** Everything that happened with a request, in one stream, latest first. */
export function requestTimelineView(
  context: ViewerContext,
  { id: requestId, customer }: Pick<RequestRecord, 'id' | 'customer'>,
  rows: readonly RequestTimelineRow[],
): TimelineView {
  const { t, locale, deps, viewer } = context;
  const maySplit = customer !== null && can(viewer, 'service-requests:create');
  const shown = rows.slice(0, requestTimelineSize);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      ...told(t, row),
      when: formatRelative(row.at, deps.now(), locale),
      whenExact: formatDateTime(row.at, locale),
      href: '',
      ...(maySplit && isSplittable(row) ? { action: splitAction(t, row) } : {}),
    })),
    emptyText: t('customers.timelineEmpty'),
    olderHref:
      rows.length > requestTimelineSize && last
        ? `/service-requests/${requestId}?before=${last.at.toISOString()}`
        : '',
  };
}

const isSplittable = ({ entry }: RequestTimelineRow): boolean =>
  splittableKinds.some((kind) => kind === entry?.kind);

const splitAction = (t: Translate, { id }: RequestTimelineRow): { label: string; href: string } => ({
  label: t('requestLinks.split'),
  href: `/service-requests/new?splitFrom=${id}`,
});

function told(t: Translate, row: RequestTimelineRow): Told {
  if (row.entry !== null) return entryText(t, row, row.entry);
  if (row.state_change !== null) return stateText(t, row, row.state_change);
  if (row.assignment !== null) return assignmentText(t, row, row.assignment);
  if (row.merged !== null) return mergedText(t, row, row.merged);
  if (row.notice !== null) {
    const { kind, stage } = row.notice;
    const params = { kind: t(`deadlines.kind.${kind}`) };
    return { icon: 'clock', title: t(`serviceRequests.timeline.${stage}`, params), text: '' };
  }
  const fields = (row.changed_columns ?? []).map((column) => fieldName(t, column));
  const params = { actor: actorName(t, row), fields: fields.join(t('common.listSeparator')) };
  return { icon: 'pencil', title: t('serviceRequests.timeline.changed', params), text: '' };
}

/** What stood on the merged request before anything was said about it would be out of sight otherwise. */
function mergedText(
  t: Translate,
  row: RequestTimelineRow,
  { number, subject, description }: NonNullable<RequestTimelineRow['merged']>,
): Told {
  return {
    icon: 'arrow-merge',
    title: t('serviceRequests.timeline.merged', { number, actor: actorName(t, row) }),
    text: description === null ? subject : `${subject}\n${description}`,
  };
}

const entryIcons = { note: 'note', reply: 'mail', customerWord: 'users' } as const;

function entryText(
  t: Translate,
  row: RequestTimelineRow,
  { kind, body, channel }: NonNullable<RequestTimelineRow['entry']>,
): Told {
  const actor = row.actor_name ?? t('serviceRequests.timeline.theCustomer');
  const how = channel === null ? '' : ` (${t(`contactRecords.channel.${channel}`)})`;
  return {
    icon: entryIcons[kind],
    title: `${t(`serviceRequests.timeline.${kind}`, { actor })}${how}`,
    text: body,
  };
}

function stateText(
  t: Translate,
  row: RequestTimelineRow,
  { from, to, reason }: NonNullable<RequestTimelineRow['state_change']>,
): Told {
  const params = { actor: actorName(t, row), state: stateName(t, to) };
  const title = t(`serviceRequests.timeline.${from === null ? 'opened' : 'moved'}`, params);
  return { icon: from === null ? 'plus' : 'transfer', title, text: reason ?? '' };
}

function assignmentText(
  t: Translate,
  row: RequestTimelineRow,
  { way, assignee, reason }: NonNullable<RequestTimelineRow['assignment']>,
): Told {
  const step = way === 'absence' && assignee === null ? 'backToQueue' : way;
  return {
    icon: 'user-cog',
    title: t(`assignment.step.${step}`, { assignee: assignee ?? '', actor: actorName(t, row) }),
    text: choiceReasonText(t, ChoiceReason.safeParse(reason).data ?? null),
  };
}

const actorName = (t: Translate, { actor_name }: RequestTimelineRow): string =>
  actor_name ?? t('assignment.product');

function fieldName(t: Translate, column: string): string {
  const key = `auditLog.column.${column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
  return isMessageKey(key) ? t(key) : column;
}
