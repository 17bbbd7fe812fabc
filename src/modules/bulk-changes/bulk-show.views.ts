import { taskError } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { formatDateTime, formatNumber } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import type { TaskResultView } from '../../core/views/task-result-view.js';
import { actionNamed } from './bulk-actions.js';
import type { BulkRecord } from './bulk-changes.queries.js';
import { bulkHeader } from './bulk-header.views.js';
import { nothingYet } from './bulk-result.js';
import { bulkSubjects } from './bulk-subjects.js';

export interface BulkShowView extends TaskResultView {
  readonly title: string;
  readonly header: PageHeaderView;
}

/** A change of many records: how far it is, then what became of the selection. */
export function bulkShowView(context: ViewerContext, record: BulkRecord): BulkShowView {
  const { t } = context;
  const subject = bulkSubjects[record.subject];
  const header = bulkHeader(t, subject, actionNamed(subject, record.action), record.label);
  const isEnded = record.state === 'done' || record.state === 'failed';
  return {
    title: header.title,
    header,
    progress: bulkProgressView(context, record),
    results: isEnded ? results(context, record) : [],
    notice: notice(context, record),
    undoAction: isEnded && record.is_own && record.is_undoable ? `/recent-actions/${record.id}/undo` : '',
    list: { label: t(subject.texts.toList), href: subject.listPath },
  };
}

/** How far a change is; it ends with a link to the result. */
export function bulkProgressView({ t, locale }: ViewerContext, record: BulkRecord): ProgressView {
  const { texts } = bulkSubjects[record.subject];
  const isEnded = record.state === 'done' || record.state === 'failed';
  const total = Math.max(record.progress_total, record.progress_done);
  return {
    id: 'bulk-progress',
    label: t(texts.progressLabel),
    state: record.state === 'queued' ? 'waiting' : record.state,
    done: record.progress_done,
    total,
    text: t(texts.progress, {
      done: formatNumber(record.progress_done, locale),
      total: formatNumber(total, locale),
    }),
    pollUrl: `/bulk-changes/${record.id}/progress`,
    doneUrl: isEnded ? `/bulk-changes/${record.id}` : '',
    doneLabel: t('bulkChanges.showResult'),
  };
}

function results({ t, locale }: ViewerContext, record: BulkRecord): DefinitionView[] {
  const { seen, changed, forbidden, impossible, refusals } = record.result ?? nothingYet;
  const refused = bulkSubjects[record.subject].refusals.map(
    ({ name, result }) => [result, refusals[name] ?? 0] as const,
  );
  const unnamed = impossible - refused.reduce((sum, [, count]) => sum + count, 0);
  const counts = [
    ['bulkChanges.result.changed', changed],
    ['bulkChanges.result.unchanged', seen - forbidden - impossible - changed],
    ['bulkChanges.result.forbidden', forbidden],
    ...refused,
    ['bulkChanges.result.impossible', unnamed],
    ['bulkChanges.result.changedMeanwhile', Math.max(0, record.expected - seen)],
  ] as const;
  return counts
    .filter(([, count], index) => index === 0 || count > 0)
    .map(([label, count]) => ({ label: t(label), value: { text: formatNumber(count, locale) } }));
}

function notice({ t, locale }: ViewerContext, record: BulkRecord): string {
  if (record.undone_at !== null) {
    const when = formatDateTime(record.undone_at, locale);
    return t(bulkSubjects[record.subject].texts.undone, { when, count: record.undo_conflicts ?? 0 });
  }
  return record.state === 'failed' ? t('bulkChanges.failed', { reason: taskError(t, record.error) }) : '';
}
