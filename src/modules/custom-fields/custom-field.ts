import { z } from 'zod';
import { sql } from '../../core/sql.js';

export const customFieldKinds = ['text', 'number', 'date', 'yesNo', 'choice'] as const;
export type CustomFieldKind = (typeof customFieldKinds)[number];

/** Fields at once, choices of one field, and the longest texts in characters. */
export const customFieldLimits = {
  fields: 50,
  key: 40,
  label: 60,
  choices: 50,
  choice: 60,
  text: 500,
} as const;

/** The names by which values are stored. What every object has by itself cannot be one. */
export const CustomFieldKey = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'customFields.keyForm')
  .refine((key) => !(key in {}), 'customFields.keyReserved');

export const CustomField = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(customFieldKinds),
  choices: z.array(z.string()),
  isRequired: z.boolean(),
});

/** A field of customers that an administrator defined. */
export type CustomField = z.infer<typeof CustomField>;

/** A column of a SELECT: the fields in use, in their order, as JSON; they are few. */
export const customFieldsColumn = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'label', label, 'kind', kind, 'choices', choices,
                                               'isRequired', is_required) ORDER BY position, id), '[]')
  FROM custom_fields WHERE archived_at IS NULL)`;
