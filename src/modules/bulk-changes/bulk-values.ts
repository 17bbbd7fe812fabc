import type { ViewerContext } from '../../core/context.js';
import { InvalidInput } from '../../core/errors.js';
import type { FieldOption, FieldSpec } from '../../core/form.js';
import { customerLimits, genders } from '../customers/customers.schemas.js';
import type { BulkChangeName } from './bulk-actions.js';
import type { BulkChoices } from './bulk-changes.queries.js';

/** Stands for taking the value away: no owner, no branch, no gender. */
export const noValue = 'none';

/** The field that asks for the new value; undefined for a change that needs none. */
export function valueField(
  { t }: ViewerContext,
  action: BulkChangeName,
  choices: BulkChoices,
): FieldSpec | undefined {
  const select = (label: FieldSpec['label'], options: readonly FieldOption[]): FieldSpec => ({
    name: 'value',
    label,
    kind: 'select',
    required: true,
    options,
  });
  const named = (rows: readonly { readonly id: string; readonly name: string }[]): FieldOption[] =>
    rows.map(({ id, name }) => ({ value: id, label: name }));
  const none = (label: FieldSpec['label']): FieldOption => ({ value: noValue, label: t(label) });
  switch (action) {
    case 'transfer':
      return select('bulkChanges.newOwner', [none('customers.ownerNone'), ...named(choices.owners)]);
    case 'branch':
      return select('customers.branch', [none('bulkChanges.noValue'), ...named(choices.branches)]);
    case 'gender':
      return select('customers.gender', [
        none('bulkChanges.noValue'),
        ...genders.map((gender) => ({ value: gender, label: t(`customers.gender.${gender}`) })),
      ]);
    case 'addTag':
    case 'removeTag':
      return select('bulkChanges.tag', named(choices.tags));
    case 'source':
      return {
        name: 'value',
        label: 'customers.source',
        kind: 'text',
        required: true,
        maxLength: customerLimits.source,
        suggestions: choices.sources,
      };
    case 'city':
      return {
        name: 'value',
        label: 'customers.city',
        kind: 'text',
        required: true,
        maxLength: customerLimits.city,
      };
    case 'release':
    case 'deletion':
      return undefined;
  }
}

export interface BulkValue {
  /** '' for a change without a value, and for taking a value away. */
  readonly value: string;
  /** How people call it. */
  readonly label: string;
}

/**
 * The new value as it was chosen or typed.
 * @throws InvalidInput when it is missing, too long, or none of the choices.
 */
export function readValue(field: FieldSpec | undefined, typed: string | null): BulkValue {
  if (field === undefined) return { value: '', label: '' };
  if (typed === null) throw InvalidInput.field('value', 'errors.required');
  if (field.kind !== 'select') {
    const maximum = field.maxLength ?? 0;
    if (typed.length > maximum) throw InvalidInput.field('value', 'errors.tooLong', { maximum });
    return { value: typed, label: typed };
  }
  const chosen = field.options?.find(({ value }) => value === typed);
  if (!chosen) throw InvalidInput.field('value', 'errors.notAChoice');
  return { value: typed === noValue ? '' : typed, label: chosen.label };
}
