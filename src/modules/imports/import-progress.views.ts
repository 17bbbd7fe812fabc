import type { ViewerContext } from '../../core/context.js';
import { formatNumber } from '../../core/format.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import { isUnderWay } from './import-states.js';
import type { ImportRecord } from './imports.queries.js';

/** How far the check, the run or the undoing of an import is; it ends with a link to the result. */
export function importProgressView({ t, locale }: ViewerContext, record: ImportRecord): ProgressView {
  const isOpen = isUnderWay(record.state);
  const isCounted = record.state !== 'undoing' && (record.task_total ?? 0) > 0;
  const done = record.task_done ?? 0;
  const total = record.task_total ?? 0;
  return {
    id: 'import-progress',
    label: t(`imports.state.${record.state}`),
    state: isOpen
      ? record.task_state === 'queued'
        ? 'waiting'
        : 'running'
      : record.state === 'failed'
        ? 'failed'
        : 'done',
    done,
    total: isCounted ? total : undefined,
    text: isCounted
      ? t('imports.progress', { done: formatNumber(done, locale), total: formatNumber(total, locale) })
      : '',
    pollUrl: `/imports/${record.id}/progress`,
    doneUrl: isOpen ? '' : `/imports/${record.id}`,
    doneLabel: t('imports.showResult'),
  };
}
