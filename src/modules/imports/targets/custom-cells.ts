import { customFieldLimits, type CustomField } from '../../custom-fields/custom-field.js';
import {
  customFieldName,
  valueSchema,
  type CustomFieldName,
  type CustomValues,
} from '../../custom-fields/custom-values.js';
import type { FieldSynonyms } from '../values/guess-mapping.js';
import { plainText, problem, type CellValue } from '../values/cell-value.js';
import { parseDate } from '../values/parse-date.js';
import { parseText } from '../values/parse-text.js';
import type { ImportField } from './import-target.js';
import type { CellReader, CellReaders, FieldValues } from './read-row.js';

const lastDay = '2200-12-31';

const yes: ReadonlySet<string> = new Set(['是', '有', '对', '√', '✓', 'yes', 'y', 'true', '1']);
const no: ReadonlySet<string> = new Set(['否', '无', '没有', '不', '×', '✗', 'no', 'n', 'false', '0']);

/** The custom fields as fields that a file can bring. */
export const customImportFields = (fields: readonly CustomField[]): ImportField[] =>
  fields.map(({ key, label, kind }) => ({
    name: customFieldName(key),
    label: 'customFields.label',
    ownLabel: label,
    kind: kind === 'date' ? 'day' : kind === 'yesNo' ? 'yesNo' : 'text',
  }));

/** Files know a custom field by its label or its key. */
export const customSynonyms = (fields: readonly CustomField[]): FieldSynonyms<CustomFieldName> =>
  Object.fromEntries(fields.map(({ key, label }) => [customFieldName(key), [label, key]]));

/** How the cells of custom fields are read; what is wrong with one names the field by its own label. */
export const customCells = (fields: readonly CustomField[]): CellReaders<CustomFieldName> =>
  Object.fromEntries(
    fields.map((field) => {
      const read = readerOf(field);
      const reader: CellReader = (cell, settings) => {
        const found = read(cell, settings);
        return 'problem' in found
          ? problem(found.problem.key, { ...found.problem.params, ownLabel: field.label })
          : found;
      };
      return [customFieldName(field.key), reader];
    }),
  );

/** The values of a row as they are stored. */
export function customValuesOf(
  fields: readonly CustomField[],
  values: FieldValues<CustomFieldName>,
): CustomValues {
  const stored = fields.flatMap((field) => {
    const value = valueSchema(field).safeParse(values[customFieldName(field.key)] ?? '').data ?? null;
    return value === null ? [] : [[field.key, value] as const];
  });
  return Object.fromEntries(stored);
}

function readerOf(field: CustomField): CellReader {
  switch (field.kind) {
    case 'text':
      return (cell) => parseText(cell, customFieldLimits.text);
    case 'number':
      return (cell) => parseNumber(field, cell);
    case 'date':
      return (cell, { dateOrder, isWorkbook }) =>
        parseDate(cell, { order: dateOrder ?? undefined, latest: lastDay, areSerialsAllowed: isWorkbook });
    case 'yesNo':
      return parseYesNo;
    case 'choice':
      return (cell) => parseChoice(field, cell);
  }
}

function parseNumber(field: CustomField, cell: string): CellValue<string> {
  const text = plainText(cell);
  if (text === '') return { value: null };
  const value = valueSchema(field).safeParse(text).data;
  return typeof value === 'number' ? { value: String(value) } : problem('imports.problem.number.unreadable');
}

function parseYesNo(cell: string): CellValue<string> {
  const text = plainText(cell).toLowerCase();
  if (text === '') return { value: null };
  if (yes.has(text)) return { value: 'true' };
  return no.has(text) ? { value: 'false' } : problem('imports.problem.yesNo.unreadable');
}

function parseChoice({ choices }: CustomField, cell: string): CellValue<string> {
  const text = plainText(cell).toLowerCase();
  if (text === '') return { value: null };
  const choice = choices.find((offered) => plainText(offered).toLowerCase() === text);
  return choice === undefined ? problem('imports.problem.choice.unknown') : { value: choice };
}
