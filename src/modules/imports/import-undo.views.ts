import type { ConfirmView } from '../../core/views/confirm-view.js';
import type { ViewerContext } from '../../core/context.js';
import { formatNumber } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { UndoPreview } from '../../core/undo/undo-preview.js';
import { importHeader } from './import-upload.views.js';
import type { ImportRecord } from './imports.queries.js';

export interface ImportUndoView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly confirm: ConfirmView;
}

/** The page before an import is taken back: it says in numbers what will happen and what will be left. */
export function importUndoView(
  context: ViewerContext,
  record: ImportRecord,
  preview: UndoPreview,
): ImportUndoView {
  const { t, locale } = context;
  const title = t('imports.undo');
  const header = importHeader(context, title);
  const href = `/imports/${record.id}`;
  const count = (number: number) => ({ count: number, number: formatNumber(number, locale) });
  return {
    title,
    header: { ...header, trail: [...header.trail, { label: record.file_name, href }] },
    confirm: {
      action: `${href}/undo`,
      question: t('imports.undoQuestion', { fileName: record.file_name }),
      consequences: [
        t('imports.undoRemoves', count(preview.removable)),
        t('imports.undoRestores', count(preview.restorable)),
        t('imports.undoLeaves', count(preview.conflicts)),
      ],
      hidden: [{ name: 'version', value: String(record.version) }],
      confirmLabel: t('imports.undo'),
      cancelHref: href,
      isDestructive: true,
    },
  };
}
