import type { CellView } from '../../core/lists/list-view.js';
import type { MessageKey, Translate } from '../../core/i18n.js';
import type { TargetName } from './import-options.js';
import type { ImportState } from './import-states.js';
import type { RowFilter } from './imports.schemas.js';
import type { Outcome, Remark } from './row-report.js';
import type { ImportField } from './targets/import-target.js';
import { importTargets } from './targets/import-targets.js';

type Colour = NonNullable<CellView['badge']>;

export const stateColours: Readonly<Record<ImportState, Colour>> = {
  mapping: 'secondary',
  checking: 'blue',
  ready: 'yellow',
  running: 'blue',
  cancelling: 'blue',
  done: 'green',
  cancelled: 'yellow',
  failed: 'red',
  undoing: 'blue',
  undone: 'secondary',
};

export const outcomeColours: Readonly<Record<Outcome, Colour>> = {
  created: 'green',
  updated: 'blue',
  unchanged: 'secondary',
  skipped: 'yellow',
  rejected: 'red',
};

/** The label of a field of a target; undefined for names that are none. */
export function fieldLabel(target: TargetName, name: string): MessageKey | undefined {
  return importTargets[target].fields.find((field) => field.name === name)?.label;
}

/** A field in the viewer's words, or as an administrator called it. */
export const importFieldLabel = (t: Translate, { label, ownLabel }: ImportField): string =>
  ownLabel ?? t(label);

/** What a filter of rows is called; before the run outcomes are plans. */
export function rowFilterLabel(t: Translate, filter: RowFilter, isPlanned: boolean): string {
  if (filter === 'all' || filter === 'problem' || filter === 'duplicate')
    return t(`imports.filter.${filter}`);
  return t(isPlanned ? `imports.planned.${filter}` : `imports.outcome.${filter}`);
}

/** What is said about a row, in one line. */
export function remarkText(t: Translate, target: TargetName, remarks: readonly Remark[]): string {
  const sentences = remarks.map(({ field, key, params }) => {
    const label = field === null ? undefined : fieldLabel(target, field);
    const name = label === undefined ? params['ownLabel'] : t(label);
    return name === undefined
      ? t(key, params)
      : t('imports.remarkOnField', { field: name, remark: t(key, params) });
  });
  const line = sentences.join(t('imports.remarkSeparator'));
  return line.charAt(0).toUpperCase() + line.slice(1);
}
