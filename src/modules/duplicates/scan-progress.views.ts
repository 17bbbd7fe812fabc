import { taskError } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import { formatNumber, formatRelative } from '../../core/format.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import type { ScanRow } from './duplicates.queries.js';

const states = { queued: 'waiting', running: 'running', done: 'done', failed: 'failed' } as const;

/** True while a search is waiting or running. */
export const isUnderWay = (scan: ScanRow | undefined): boolean =>
  scan?.state === 'queued' || scan?.state === 'running';

/** How far the search for duplicates is; before the first one, that there was none. */
export function scanProgressView({ t, locale }: ViewerContext, scan: ScanRow | undefined): ProgressView {
  const done = scan?.progress_done ?? 0;
  const total = scan?.progress_total ?? 0;
  const steps = t('duplicates.scanSteps', {
    done: formatNumber(done, locale),
    total: formatNumber(total, locale),
  });
  return {
    id: 'scan-progress',
    label: t('duplicates.scan'),
    state: scan ? states[scan.state] : 'done',
    done,
    total,
    text: scan === undefined ? t('duplicates.neverScanned') : taskError(t, scan.error) || steps,
    pollUrl: '/duplicates/scan',
    doneUrl: isUnderWay(scan) ? '' : '/duplicates',
    doneLabel: t('duplicates.showResult'),
  };
}

/** When customers were last searched for duplicates. */
export function lastScanText({ t, locale, deps }: ViewerContext, scan: ScanRow | undefined): string {
  if (scan === undefined) return t('duplicates.neverScanned');
  if (scan.state === 'failed') return t('duplicates.scanFailed');
  const time = formatRelative(scan.finished_at ?? scan.created_at, deps.now(), locale);
  return isUnderWay(scan) ? t('duplicates.scanUnderWay') : t('duplicates.lastScan', { time });
}
