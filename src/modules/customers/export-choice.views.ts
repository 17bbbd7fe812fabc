import type { ViewerContext } from '../../core/context.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import { ageInYears } from '../../core/format.js';
import { shownColumns } from '../../core/lists/list-columns.js';
import { customerColumns, type CustomerColumn } from './customer-columns.js';
import type { ExportedCustomer } from './customers-export.queries.js';
import { today } from './customers.queries.js';

/**
 * The columns of an export: exactly the ones chosen in the list, in their order, or, when nobody chose any, all that an
 * export has. A column of the file goes by the label that the list's column has.
 */
export function chosenExportColumns(
  context: ViewerContext,
  columns: readonly ExportColumn<ExportedCustomer>[],
  chosen: readonly CustomerColumn[] | undefined,
): readonly ExportColumn<ExportedCustomer>[] {
  if (chosen === undefined || chosen.length === 0) return columns;
  const known = [...columns, ...columnsOnDemand(context)];
  return shownColumns(customerColumns, chosen).flatMap(
    ({ label }) => known.find(({ header }) => header === context.t(label)) ?? [],
  );
}

/** What follows from other columns or changes by the day is in a file only when it was chosen. */
function columnsOnDemand(context: ViewerContext): ExportColumn<ExportedCustomer>[] {
  const { t } = context;
  const age = (birthDate: string | null): number | null =>
    birthDate === null ? null : (ageInYears(birthDate, today(context)) ?? null);
  return [
    { header: t('customers.age'), kind: 'number', value: (row) => age(row.birth_date) },
    { header: t('customers.nextFollowUp'), kind: 'date', value: (row) => row.next_follow_up_on },
    { header: t('customers.lastContact'), kind: 'datetime', value: (row) => row.last_contact_at },
  ];
}
