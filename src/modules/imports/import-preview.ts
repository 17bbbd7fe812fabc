import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatDay, formatMoney, formatYesNo } from '../../core/format.js';
import { maskEmail, maskText } from '../../core/mask.js';
import { maskPhone } from '../../core/phone.js';
import { findReports, readFirstRows } from './import-chunks.queries.js';
import { readImportDefinitions } from './import-definitions.queries.js';
import { readingSettings } from './import-job.js';
import type { ImportRecord } from './imports.queries.js';
import { priorityName } from '../request-types/priority-name.js';
import type { Outcome } from './row-report.js';
import type { ImportField } from './targets/import-target.js';
import { importTargets } from './targets/import-targets.js';
import { isChannel, isProgress } from './values/parse-request-words.js';

export interface PreviewRow {
  readonly rowNo: number;
  readonly outcome: Outcome;
  /** As the product understood the cells, in the order of the fields. */
  readonly values: readonly string[];
}

export interface ImportPreview {
  readonly fields: readonly ImportField[];
  readonly rows: readonly PreviewRow[];
}

const previewedRows = 20;
const longestValue = 80;

/** The first rows of a checked file that will be stored, as the product understood them. */
export async function readPreview(context: ViewerContext, record: ImportRecord): Promise<ImportPreview> {
  const { mapping, options } = record;
  if (!mapping || !options) return { fields: [], rows: [] };
  const target = importTargets[record.target];
  const definitions = await readImportDefinitions(context);
  const fields = [...target.fields, ...target.customFields(definitions)].filter(({ name }) =>
    mapping.includes(name),
  );
  const cells = await readFirstRows(context.deps, record.id);
  const outcomes = await findReports(context.deps.database, record.id, {
    from: cells[0]?.rowNumber ?? 0,
    to: cells.at(-1)?.rowNumber ?? 0,
  });
  const isStored = (rowNo: number) =>
    ['created', 'updated', 'unchanged'].includes(outcomes.get(rowNo)?.outcome ?? '');
  const shown = cells.filter(({ rowNumber }) => isStored(rowNumber)).slice(0, previewedRows);
  const settings = readingSettings(
    options,
    definitions,
    record.file_format.format === 'workbook',
    context.deps.now(),
  );
  return {
    fields,
    rows: target.understand(mapping, settings, shown).map(({ rowNo, values }) => ({
      rowNo,
      outcome: outcomes.get(rowNo)?.outcome ?? 'created',
      values: fields.map((field) => shownValue(context, field, values[field.name])),
    })),
  };
}

function shownValue({ t, locale }: ViewerContext, { kind }: ImportField, value: string | undefined): string {
  if (value === undefined) return '';
  switch (kind) {
    case 'day':
      return formatDay(value, locale);
    case 'moment':
      return formatDateTime(new Date(value), locale);
    case 'progress':
      return isProgress(value) ? t(`imports.progressWord.${value}`) : '';
    case 'priority':
      return priorityName(t, Number(value));
    case 'channel':
      return isChannel(value) ? t(`contactRecords.channel.${value}`) : '';
    case 'money':
      return formatMoney(value, locale);
    case 'customerKind':
      return value === 'person' || value === 'company' ? t(`customers.kind.${value}`) : '';
    case 'gender':
      return value === 'female' || value === 'male' || value === 'other'
        ? t(`customers.gender.${value}`)
        : '';
    case 'yesNo':
      return formatYesNo(value === 'true', t);
    case 'phone':
      return maskPhone(value);
    case 'email':
      return maskEmail(value);
    case 'secret':
      return maskText(value);
    case 'text':
      return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
  }
}
