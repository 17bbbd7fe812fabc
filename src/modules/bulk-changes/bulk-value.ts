import { InvalidInput } from '../../core/errors.js';
import type { FieldOption, FieldSpec } from '../../core/form.js';
import type { MessageKey } from '../../core/i18n.js';

/** Stands for taking the value away: no owner, no branch, no gender. */
export const noValue = 'none';

export interface ValueOption extends FieldOption {
  /** What the value is called, where the choice says more than that. */
  readonly name?: string;
}

/** The field that asks for the new value. */
export interface ValueField extends FieldSpec {
  readonly options?: readonly ValueOption[];
}

/** A field that chooses the new value. */
export const valueSelect = (label: MessageKey, options: readonly ValueOption[]): ValueField => ({
  name: 'value',
  label,
  kind: 'select',
  required: true,
  options,
});

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
export function readValue(field: ValueField | undefined, typed: string | null): BulkValue {
  if (field === undefined) return { value: '', label: '' };
  if (typed === null) throw InvalidInput.field('value', 'errors.required');
  if (field.kind !== 'select') {
    const maximum = field.maxLength ?? 0;
    if (typed.length > maximum) throw InvalidInput.field('value', 'errors.tooLong', { maximum });
    return { value: typed, label: typed };
  }
  const chosen = field.options?.find(({ value }) => value === typed);
  if (!chosen) throw InvalidInput.field('value', 'errors.notAChoice');
  return { value: typed === noValue ? '' : typed, label: chosen.name ?? chosen.label };
}
