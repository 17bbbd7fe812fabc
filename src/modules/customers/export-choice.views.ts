import type { ViewerContext } from '../../core/context.js';
import type { ExportColumn } from '../../core/exports/export-table.js';
import { ageInYears } from '../../core/format.js';
import { columnLabel, shownColumns } from '../../core/lists/list-columns.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { columnsWith, customerColumns } from './customer-columns.js';
import type { ExportedCustomer } from './customers-export.queries.js';
import { customColumn, customerExportColumns } from './customers-export.views.js';
import { today } from './customers.queries.js';

/**
 * The columns of an export: exactly the ones chosen in the list, in their order, or, when nobody chose any, all that an
 * export has. A column of the file goes by the label that the list's column has, except that of a custom field, whose
 * label can be anything.
 */
export function chosenExportColumns(
  context: ViewerContext,
  customFields: readonly CustomField[],
  chosen: readonly string[] | undefined,
): readonly ExportColumn<ExportedCustomer>[] {
  const own = customFields.map((field) => customColumn(context, field));
  const columns = customerExportColumns(context);
  if (chosen === undefined || chosen.length === 0) return [...columns, ...own];
  const listed = columnsWith(customFields);
  const known = [...columns, ...columnsOnDemand(context)];
  return shownColumns(listed, chosen).flatMap((column) => {
    const place = listed.indexOf(column) - customerColumns.length;
    return own[place] ?? known.find(({ header }) => header === columnLabel(context.t, column)) ?? [];
  });
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
