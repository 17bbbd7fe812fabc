import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FormValues } from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { maximumColumns, maximumRows } from '../../core/tabular/tabular-limits.js';
import { undoDays } from '../../core/undo/undo.js';
import { can } from '../../core/viewer.js';
import { targetNames } from './import-options.js';
import { maximumUploadBytes } from './imports.schemas.js';
import { importTargets } from './targets/import-targets.js';

export interface ImportUploadView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly editForm: EditFormView;
  /** What can be read, in sentences. */
  readonly limits: readonly string[];
}

/** The page that takes a file; with problems after a refusal. */
export function importUploadView(
  context: ViewerContext,
  values: FormValues = { target: 'customers' },
  problems: readonly Problem[] = [],
): ImportUploadView {
  const { t, locale, viewer } = context;
  const title = t('imports.new');
  const targets = targetNames.filter((name) => can(viewer, importTargets[name].permission));
  const limits = {
    megabytes: maximumUploadBytes / 1024 / 1024,
    rows: formatNumber(maximumRows, locale),
    columns: formatNumber(maximumColumns, locale),
  };
  return {
    title,
    header: { ...importHeader(context, title), subtitle: t('imports.newSubtitle') },
    editForm: {
      action: '/imports',
      form: formView(
        t,
        [
          {
            name: 'target',
            label: 'imports.targetQuestion',
            kind: 'select',
            required: true,
            options: targets.map((name) => ({ value: name, label: t(`imports.target.${name}`) })),
          },
          {
            name: 'file',
            label: 'imports.file',
            kind: 'file',
            required: true,
            accept: '.xlsx,.xlsm,.csv,.tsv,.tab,.txt',
          },
        ],
        values,
        problems,
      ),
      hidden: [],
      submitLabel: t('imports.upload'),
      cancelHref: '/imports',
    },
    limits: [
      t('imports.limit.formats'),
      t('imports.limit.size', limits),
      t('imports.limit.header'),
      t('imports.limit.safe', { days: undoDays }),
    ],
  };
}

/** The top of a page below the list of imports. */
export const importHeader = ({ t }: ViewerContext, title: string): PageHeaderView => ({
  title,
  count: '',
  subtitle: '',
  trail: [{ label: t('navigation.imports'), href: '/imports' }],
  actions: [],
});
