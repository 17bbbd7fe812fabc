import { taskError } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { formatDateTime, formatNumber, formatRelative } from '../../core/format.js';
import type { ListView } from '../../core/lists/list-view.js';
import type { PageActionView, PageHeaderView } from '../../core/views/page-header-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import { importFieldLabel, rowFilterLabel, stateColours } from './import-labels.js';
import type { ImportPreview } from './import-preview.js';
import { importProgressView } from './import-progress.views.js';
import { canBeMapped, canBeRun, canBeUndone, isUnderWay } from './import-states.js';
import { importHeader } from './import-upload.views.js';
import type { ImportRecord } from './imports.queries.js';
import { maySeeCells } from './mapping-basis.js';
import { outcomes } from './row-report.js';
import { rowsToStore } from './imports.queries.js';

export interface ImportCountView {
  readonly label: string;
  readonly value: string;
  /** The rows behind the number. */
  readonly href: string;
}

/** A form of one button. */
export interface ImportButtonView {
  readonly action: string;
  readonly label: string;
  readonly version: string;
}

export interface ImportShowView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly state: {
    readonly text: string;
    readonly colour: (typeof stateColours)[keyof typeof stateColours];
  };
  readonly summary: readonly DefinitionView[];
  readonly progress: ProgressView | undefined;
  readonly cancel: ImportButtonView | undefined;
  readonly notice: { readonly kind: 'success' | 'warning' | 'error'; readonly text: string } | undefined;
  readonly counts: readonly ImportCountView[];
  readonly run: ImportButtonView | undefined;
  readonly preview: { readonly columns: readonly string[]; readonly rows: ImportPreview['rows'] } | undefined;
  readonly rows: ListView | undefined;
}

/** One import: its work under way, what it will do, or what it did. */
export function importShowView(
  context: ViewerContext,
  record: ImportRecord,
  rows: ListView | undefined,
  preview: ImportPreview | undefined,
): ImportShowView {
  const { t, locale } = context;
  const hasRun = record.undoable_action_id !== null;
  const button = (verb: string, label: string): ImportButtonView => ({
    action: `/imports/${record.id}/${verb}`,
    label,
    version: String(record.version),
  });
  const toStore = rowsToStore(record);
  const isFailed = record.state === 'failed';
  return {
    title: record.file_name,
    header: { ...importHeader(context, record.file_name), actions: actions(context, record, hasRun) },
    state: { text: t(`imports.state.${record.state}`), colour: stateColours[record.state] },
    summary: summary(context, record),
    progress: isUnderWay(record.state) ? importProgressView(context, record) : undefined,
    cancel: record.state === 'running' ? button('cancellation', t('imports.cancel')) : undefined,
    notice: notice(context, record),
    counts: rows ? counts(context, record) : [],
    run:
      canBeRun(record.state, hasRun) && toStore > 0
        ? button(
            'run',
            isFailed
              ? t('imports.goOn')
              : t('imports.run', { count: toStore, number: formatNumber(toStore, locale) }),
          )
        : undefined,
    preview: preview?.rows[0] && {
      columns: preview.fields.map((field) => importFieldLabel(t, field)),
      rows: preview.rows,
    },
    rows,
  };
}

function actions(context: ViewerContext, record: ImportRecord, hasRun: boolean): PageActionView[] {
  const { t, locale, deps } = context;
  const at = (verb: string) => `/imports/${record.id}/${verb}`;
  const shown: PageActionView[] = [];
  const isReported = !isUnderWay(record.state) && record.state !== 'mapping';
  if (canBeMapped(record.state, hasRun)) {
    shown.push({
      label: t('imports.changeMapping'),
      href: at('mapping'),
      icon: 'pencil',
      emphasis: 'plain',
      shortcut: 'e',
    });
  }
  if (isReported && record.rejected_count > 0 && record.has_rows && maySeeCells(context, record)) {
    const count = record.rejected_count;
    const label = t('imports.downloadRejected', { count, number: formatNumber(count, locale) });
    shown.push({ label, href: at('rejected.xlsx'), icon: 'download', emphasis: 'plain', shortcut: '' });
  }
  const isInTime = record.undo_until !== null && record.undo_until >= deps.now();
  if (canBeUndone(record.state, hasRun) && isInTime) {
    shown.push({
      label: t('imports.undo'),
      href: at('undo'),
      icon: 'arrow-back-up',
      emphasis: 'danger',
      shortcut: '',
    });
  }
  return shown;
}

function summary({ t, locale, deps }: ViewerContext, record: ImportRecord): DefinitionView[] {
  const { policy } = record.options ?? {};
  return [
    { label: t('imports.target'), value: { text: t(`imports.target.${record.target}`) } },
    { label: t('imports.rows'), value: { text: formatNumber(record.row_count, locale) } },
    ...(policy && record.target === 'customers'
      ? [{ label: t('imports.policy'), value: { text: t(`imports.policy.${policy}`) } }]
      : []),
    { label: t('imports.uploadedBy'), value: { text: record.created_by_name } },
    {
      label: t('imports.uploadedAt'),
      value: {
        text: formatRelative(record.created_at, deps.now(), locale),
        title: formatDateTime(record.created_at, locale),
      },
    },
  ];
}

function counts({ t, locale }: ViewerContext, record: ImportRecord): ImportCountView[] {
  const tile = (name: (typeof outcomes)[number] | 'duplicate', count: number): ImportCountView => ({
    label: rowFilterLabel(t, name, record.state === 'ready'),
    value: formatNumber(count, locale),
    href: `/imports/${record.id}?outcome=${name}#list`,
  });
  const tiles = outcomes.map((outcome) => tile(outcome, record[`${outcome}_count`]));
  if (record.target === 'customers') return [...tiles, tile('duplicate', record.duplicate_count)];
  if (record.target === 'serviceRequests') return tiles;
  const newCustomers = {
    label: t('imports.newCustomers'),
    value: formatNumber(record.new_customer_count, locale),
    href: `/imports/${record.id}?outcome=created#list`,
  };
  return [...tiles, newCustomers];
}

function notice({ t, locale }: ViewerContext, record: ImportRecord): ImportShowView['notice'] {
  const numbers = {
    created: formatNumber(record.created_count, locale),
    updated: formatNumber(record.updated_count, locale),
    rejected: formatNumber(record.rejected_count, locale),
  };
  const error = taskError(t, record.task_error);
  switch (record.state) {
    case 'ready':
      return rowsToStore(record) === 0
        ? { kind: 'warning', text: t('imports.nothingToStore') }
        : { kind: 'success', text: t('imports.readyNotice', numbers) };
    case 'done':
      return error === ''
        ? { kind: 'success', text: t('imports.doneNotice', numbers) }
        : { kind: 'error', text: error };
    case 'cancelled':
      return { kind: 'warning', text: t('imports.cancelledNotice', numbers) };
    case 'failed':
      return {
        kind: 'error',
        text: error === '' ? t('imports.failedNotice') : `${t('imports.failedNotice')} ${error}`,
      };
    case 'undone':
      return { kind: 'success', text: undoneSentence({ t, locale }, record) };
    default:
      return undefined;
  }
}

function undoneSentence({ t, locale }: Pick<ViewerContext, 't' | 'locale'>, record: ImportRecord): string {
  const { removed = 0, restored = 0, conflicts = 0 } = record.undo_result ?? {};
  return t('imports.undoneNotice', {
    removed: formatNumber(removed, locale),
    restored: formatNumber(restored, locale),
    conflicts: formatNumber(conflicts, locale),
  });
}
