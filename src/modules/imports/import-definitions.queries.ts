import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { CustomField, customFieldsColumn } from '../custom-fields/custom-field.js';
import { ImportedType, importedTypesColumn } from './targets/imported-types.js';

const ImportDefinitions = z.object({
  customFields: z.array(CustomField),
  tagNames: z.array(z.string()),
  requestTypes: z.array(ImportedType),
});

/** What administrators defined that files can bring: custom fields of customers, tags, types of requests. */
export type ImportDefinitions = z.infer<typeof ImportDefinitions>;

/** Read in one statement. */
export async function readImportDefinitions({ deps }: Pick<Context, 'deps'>): Promise<ImportDefinitions> {
  const [definitions] = await deps.database.rows(
    sql`SELECT ${customFieldsColumn} AS "customFields", ARRAY(SELECT name FROM tags ORDER BY name) AS "tagNames",
               ${importedTypesColumn} AS "requestTypes"`,
    ImportDefinitions,
  );
  return ImportDefinitions.parse(definitions);
}
