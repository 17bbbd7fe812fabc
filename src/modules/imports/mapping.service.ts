import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { addTask, wakeTask } from '../../core/background-tasks.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, Forbidden, InvalidInput, type Problem } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { checkTaskKind } from './import-check.task.js';
import { readImportDefinitions, type ImportDefinitions } from './import-definitions.queries.js';
import type { ColumnMapping, ImportOptions, RememberedMapping } from './import-options.js';
import { canBeMapped } from './import-states.js';
import type { ImportRecord } from './imports.queries.js';
import type { MappingForm } from './imports.schemas.js';
import type { ImportField, ImportTarget } from './targets/import-target.js';
import { importTargets } from './targets/import-targets.js';

const mappingTimeoutMillis = 60_000;

/** Files with equal headers are of one shape: a mapping that fitted one fits the other. */
export const headerHash = (header: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(header)).digest('hex');

/**
 * Keeps which column goes where, remembers it for files of the same shape, and starts the check of all rows.
 * @throws InvalidInput when required fields are missing or mapped twice, Forbidden when the choices need permissions that
 * the viewer lacks, Conflict when the import is past its mapping or was changed meanwhile.
 */
export async function saveMapping(
  context: ViewerContext,
  record: ImportRecord,
  form: MappingForm,
): Promise<void> {
  const target = importTargets[record.target];
  const { version, columns: names, ...chosen } = form;
  const options: ImportOptions = chosen;
  const definitions = await readImportDefinitions(context);
  const customFields = target.customFields(definitions);
  const columns = readColumns(target, customFields, record, names);
  checkPermissions(context, target, options);
  if (!isKnownType(definitions, options)) throw InvalidInput.field('requestTypeId', 'errors.notAChoice');
  if (!canBeMapped(record.state, record.undoable_action_id !== null)) throw new Conflict('imports.notNow');
  if (!record.has_rows) throw new Conflict('imports.forgotten');
  const taskId = await unitOfWork(
    context,
    'imports.mapped',
    async (tx) => {
      const task = { kind: checkTaskKind, payload: { importId: record.id }, createdById: context.viewer.id };
      const id = await addTask(tx, { ...task, total: record.row_count });
      const { count } = await tx.import.updateMany({
        where: { id: record.id, version, state: record.state },
        data: { mapping: columns, options, state: 'checking', taskId: id },
      });
      if (count === 0) throw new Conflict('errors.changedMeanwhile');
      await forgetEarlierCheck(tx, record.id);
      await rememberMapping(tx, record, { columns, dateOrder: options.dateOrder });
      return id;
    },
    { timeoutMillis: mappingTimeoutMillis },
  );
  await wakeTask(context.deps, taskId);
}

function readColumns(
  target: ImportTarget,
  customFields: readonly ImportField[],
  { header }: ImportRecord,
  names: readonly string[],
): ColumnMapping {
  const known = [...target.fields, ...customFields].map(({ name }) => name);
  const columns = names.map((name) => (name === '' ? null : name));
  const mapped = columns.filter((name) => name !== null);
  const isValid = columns.length === header.length && mapped.every((name) => known.includes(name));
  if (!isValid) throw InvalidInput.field('columns', 'errors.notAChoice');
  const problems: Problem[] = [];
  if (new Set(mapped).size < mapped.length) problems.push({ path: 'columns', key: 'imports.mappedTwice' });
  const incomplete = target.incomplete(columns);
  if (incomplete) problems.push(incomplete);
  if (problems.length > 0) throw new InvalidInput(problems);
  return columns;
}

const isKnownType = ({ requestTypes }: ImportDefinitions, { requestTypeId }: ImportOptions): boolean =>
  requestTypeId === null || requestTypes.some(({ id }) => id === requestTypeId);

function checkPermissions({ viewer }: ViewerContext, target: ImportTarget, options: ImportOptions): void {
  const needed = [
    target.permission,
    ...(target.name === 'customers' && options.policy === 'update' ? (['customers:edit'] as const) : []),
    ...(target.name === 'serviceRequests' && options.policy === 'update'
      ? (['service-requests:close'] as const)
      : []),
    ...(target.name === 'purchases' && options.createCustomers ? (['customers:create'] as const) : []),
  ];
  const missing = needed.find((permission) => !can(viewer, permission));
  if (missing !== undefined) throw new Forbidden(missing);
}

async function forgetEarlierCheck(tx: Transaction, importId: string): Promise<void> {
  await tx.importRow.deleteMany({ where: { importId } });
  await tx.importKey.deleteMany({ where: { importId } });
  await tx.importChunk.updateMany({ where: { importId, NOT: { stage: 'read' } }, data: { stage: 'read' } });
}

async function rememberMapping(
  tx: Transaction,
  record: ImportRecord,
  mapping: RememberedMapping,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_mappings (id, target, header_hash, mapping)
    VALUES (${newId()}::uuid, ${record.target}, ${headerHash(record.header)}, ${JSON.stringify(mapping)}::jsonb)
    ON CONFLICT (target, header_hash) DO UPDATE SET mapping = excluded.mapping
    WHERE import_mappings.mapping <> excluded.mapping`;
}
