import { taskError } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatNumber } from '../../core/format.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { TaskResultView } from '../../core/views/task-result-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import { nothingYet } from './handover-result.js';
import type { HandoverRecord } from './handovers.queries.js';

export interface HandoverShowView extends TaskResultView {
  readonly title: string;
  readonly header: PageHeaderView;
}

const isEnded = ({ state }: HandoverRecord): boolean => state === 'done' || state === 'failed';

/** A handover: how far it is, then who got how much. */
export function handoverShowView(context: ViewerContext, record: HandoverRecord): HandoverShowView {
  const { t } = context;
  const title = t('handovers.runTitle', { name: record.from_name });
  const canUndo = isEnded(record) && record.is_own && record.is_undoable;
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('handovers.title'), href: '/handovers/new' }] }),
    progress: handoverProgressView(context, record),
    results: isEnded(record) ? results(context, record) : [],
    notice: notice(context, record),
    undoAction: canUndo ? `/recent-actions/${record.id}/undo` : '',
    list: { label: t('bulkChanges.toList'), href: '/customers' },
  };
}

/** How far a handover is; it ends with a link to the result. */
export function handoverProgressView({ t, locale }: ViewerContext, record: HandoverRecord): ProgressView {
  const total = Math.max(record.progress_total, record.progress_done);
  return {
    id: 'handover-progress',
    label: t('handovers.progressLabel'),
    state: record.state === 'queued' ? 'waiting' : record.state,
    done: record.progress_done,
    total,
    text: t('handovers.progress', {
      done: formatNumber(record.progress_done, locale),
      total: formatNumber(total, locale),
    }),
    pollUrl: `/handovers/${record.id}/progress`,
    doneUrl: isEnded(record) ? `/handovers/${record.id}` : '',
    doneLabel: t('handovers.showResult'),
  };
}

function results({ t, locale }: ViewerContext, record: HandoverRecord): DefinitionView[] {
  const { seen, moved, received, followUps, collaborations } = record.result ?? nothingYet;
  const given = Object.entries(received);
  const pooled = moved - given.reduce((sum, [, count]) => sum + count, 0);
  const rows: readonly (readonly [string, number])[] = [
    ...given.map(([id, count]) => [record.receiver_names[id] ?? '', count] as const),
    [t('publicPool.title'), pooled],
    [t('handovers.result.stayed'), seen - moved],
    [t('handovers.result.followUps'), followUps],
    [t('handovers.result.collaborations'), collaborations],
  ];
  const filled = rows.filter(([, count], index) => index < given.length || count > 0);
  return (filled.length > 0 ? filled : [[t('handovers.result.stayed'), 0] as const]).map(
    ([label, count]) => ({
      label,
      value: { text: formatNumber(count, locale) },
    }),
  );
}

function notice({ t, locale }: ViewerContext, record: HandoverRecord): string {
  if (record.undone_at !== null)
    return t('handovers.undone', { when: formatDateTime(record.undone_at, locale) });
  return record.state === 'failed' ? t('handovers.failed', { reason: taskError(t, record.error) }) : '';
}
