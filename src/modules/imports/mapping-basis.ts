import type { ViewerContext } from '../../core/context.js';
import { scopeOf } from '../../core/viewer.js';
import { readFirstRows } from './import-chunks.queries.js';
import { readImportDefinitions } from './import-definitions.queries.js';
import { defaultOptions, type MappingBasis } from './import-mapping.views.js';
import type { ColumnMapping } from './import-options.js';
import { findEarlierImport, findRememberedMapping, type ImportRecord } from './imports.queries.js';
import { headerHash } from './mapping.service.js';
import type { ImportField } from './targets/import-target.js';
import { importTargets } from './targets/import-targets.js';

/** What the mapping page begins with: what was chosen before, for this file or one of its shape, or a guess. */
export async function readMappingBasis(context: ViewerContext, record: ImportRecord): Promise<MappingBasis> {
  const target = importTargets[record.target];
  const [rows, importedBefore, remembered, definitions] = await Promise.all([
    readFirstRows(context.deps, record.id),
    findEarlierImport(context, record),
    record.mapping ? undefined : findRememberedMapping(context, record.target, headerHash(record.header)),
    readImportDefinitions(context),
  ]);
  const fields = [...target.fields, ...target.customFields(definitions)];
  const cells = record.header.map((_heading, column) => rows.map((row) => row.cells[column] ?? ''));
  const columns = record.mapping ?? remembered?.columns ?? target.guess(record.header, definitions);
  const options = record.options ?? {
    ...defaultOptions(context, dayCells(fields, columns, cells)),
    ...(remembered && { dateOrder: remembered.dateOrder }),
    requestTypeId: definitions.requestTypes[0]?.id ?? null,
  };
  return {
    record,
    fields,
    columns,
    options,
    samples: maySeeCells(context, record) ? cells : [],
    importedBefore,
    isRemembered: remembered !== undefined,
    requestTypes: definitions.requestTypes,
  };
}

/** The cells of a file in clear are for whoever uploaded it, and for those who may reveal contact data anywhere. */
export const maySeeCells = ({ viewer }: ViewerContext, record: ImportRecord): boolean =>
  record.created_by_id === viewer.id || scopeOf(viewer, 'customers:reveal-contact') === 'all';

function dayCells(
  fields: readonly ImportField[],
  columns: ColumnMapping,
  cells: readonly (readonly string[])[],
) {
  const days = fields.filter(({ kind }) => kind === 'day' || kind === 'moment').map(({ name }) => name);
  return cells.filter((_cells, column) => days.includes(columns[column] ?? ''));
}
