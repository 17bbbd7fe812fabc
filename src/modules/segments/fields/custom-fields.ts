import { sql } from '../../../core/sql.js';
import type { CustomField } from '../../custom-fields/custom-field.js';
import {
  choiceOperators,
  dateOperators,
  numberOperators,
  presence,
  textOperators,
  yesNoOperators,
} from '../operators.js';
import type { SegmentField } from '../segment-field.js';

/** What the key of a field that an administrator defined begins with. */
const prefix = 'custom.';

/** A field that an administrator defined, by its kind. */
export function customSegmentField({ key, label, kind, choices }: CustomField): SegmentField {
  const text = sql`(customers.custom_values ->> ${key})`;
  const common = { key: `${prefix}${key}`, area: 'custom', label: () => label } as const;
  switch (kind) {
    case 'text':
      return { ...common, operators: textOperators, value: () => text, shown: 'text' };
    case 'number':
      return { ...common, operators: numberOperators, value: () => sql`${text}::numeric`, shown: 'number' };
    case 'date':
      return { ...common, operators: dateOperators, value: () => sql`${text}::date`, shown: 'day' };
    case 'yesNo':
      return {
        ...common,
        operators: [...yesNoOperators, ...presence],
        value: () => sql`${text}::boolean`,
        shown: 'yesNo',
      };
    case 'choice':
      return {
        ...common,
        operators: choiceOperators,
        value: () => text,
        shown: 'choice',
        options: () => choices.map((choice) => ({ value: choice, label: choice })),
      };
  }
}
