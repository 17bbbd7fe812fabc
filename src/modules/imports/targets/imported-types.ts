import { z } from 'zod';
import { locales, translator } from '../../../core/i18n.js';
import { sql } from '../../../core/sql.js';
import { requestBehaviours } from '../../request-types/request-type.js';
import { typeName } from '../../request-types/type-name.js';

/** A type of requests as imports know it. */
export const ImportedType = z.object({
  id: z.string(),
  name: z.string(),
  shippedKey: z.string().nullable(),
  behaviour: z.enum(requestBehaviours),
  defaultPriority: z.number(),
  teamId: z.string().nullable(),
});

export type ImportedType = z.infer<typeof ImportedType>;

/** The types in use, as a piece of a larger statement. */
export const importedTypesColumn = sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'shippedKey', shipped_key, 'behaviour', behaviour,
            'defaultPriority', default_priority, 'teamId', team_id) ORDER BY position, name), '[]'::jsonb)
   FROM request_types WHERE archived_at IS NULL)`;

/** Finds types by what they are called in any language of the product, whatever the case. */
export function typeFinder(
  types: readonly ImportedType[],
): (name: string | undefined) => ImportedType | undefined {
  const named = new Map<string, ImportedType>();
  for (const type of types) {
    for (const locale of locales) named.set(typeName(translator(locale), type).toLowerCase(), type);
    named.set(type.name.toLowerCase(), type);
  }
  return (name) => (name === undefined ? undefined : named.get(name.toLowerCase()));
}

/** The type of rows that name none: the one that was chosen, else the first. */
export function defaultType(types: readonly ImportedType[], chosenId: string | null): ImportedType {
  const type = types.find(({ id }) => id === chosenId) ?? types[0];
  if (!type) throw new Error('there is no type of requests');
  return type;
}
