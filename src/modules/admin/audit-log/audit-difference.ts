import { byReadingOrder, columnTreatment, customColumnPrefix } from './audit-labels.js';
import { settingParts } from './audit-settings.js';

export type Image = Readonly<Record<string, unknown>>;

/** One column that a change touched; a secret one without its values. */
export interface ColumnChange {
  readonly column: string;
  readonly isSecret: boolean;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What lies between two images of a row: `null` before it was there and after it is gone. Columns that stayed, that were
 * empty all along, or that are never shown are left out; the values of secret ones do not leave this function.
 */
export function columnChanges(rowBefore: Image | null, rowAfter: Image | null): ColumnChange[] {
  const before = withParts(rowBefore);
  const after = withParts(rowAfter);
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...columns]
    .filter((column) => columnTreatment(column) !== 'hidden')
    .map((column) => ({ column, before: valueOf(before, column), after: valueOf(after, column) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .sort((left, right) => byReadingOrder(left.column, right.column))
    .map((change) =>
      columnTreatment(change.column) === 'secret'
        ? { column: change.column, isSecret: true, before: null, after: null }
        : { ...change, isSecret: false },
    );
}

/** An empty list says as little as no value. */
function valueOf(image: Image | null, column: string): unknown {
  const value = image?.[column] ?? null;
  return Array.isArray(value) && value.length === 0 ? null : value;
}

/** Each custom field of a customer, and each part of a setting, as a column of its own. */
function withParts(image: Image | null): Image | null {
  return withSettingParts(withCustomValues(image));
}

function withSettingParts(image: Image | null): Image | null {
  const { value, ...columns } = image ?? {};
  const parts = settingParts(value);
  return parts === undefined ? image : { ...columns, ...Object.fromEntries(parts) };
}

function withCustomValues(image: Image | null): Image | null {
  const { custom_values: values, ...columns } = image ?? {};
  if (image === null || typeof values !== 'object' || values === null) return image;
  const fields = Object.entries(values).map(
    ([key, value]) => [`${customColumnPrefix}${key}`, value] as const,
  );
  return { ...columns, ...Object.fromEntries(fields) };
}
