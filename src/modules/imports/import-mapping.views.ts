import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldOption,
  type FieldView,
  type FormValues,
  type ProblemView,
} from '../../core/form.js';
import { formatDateTime, formatNumber, timeZone } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { can, scopeOf } from '../../core/viewer.js';
import { importFieldLabel } from './import-labels.js';
import { importHeader } from './import-upload.views.js';
import { identifiers, owners, policies, type ColumnMapping, type ImportOptions } from './import-options.js';
import type { ImportRecord } from './imports.queries.js';
import { requestOptionFields } from './request-options.views.js';
import type { ImportField } from './targets/import-target.js';
import type { ImportedType } from './targets/imported-types.js';
import { inferDayMonthOrder } from './values/day-month-order.js';

export interface MappedColumnView {
  readonly id: string;
  readonly heading: string;
  /** What the select for this column is called by a screen reader. */
  readonly label: string;
  readonly samples: readonly string[];
  readonly value: string;
}

export interface ImportMappingView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly action: string;
  readonly version: string;
  readonly cancelHref: string;
  readonly problems: readonly ProblemView[];
  /** Sentences above the form, for instance that the same file was imported before. */
  readonly notices: readonly string[];
  readonly columns: readonly MappedColumnView[];
  readonly choices: readonly FieldOption[];
  readonly options: readonly FieldView[];
}

export interface MappingBasis {
  readonly record: ImportRecord;
  /** What the columns of the file can become. */
  readonly fields: readonly ImportField[];
  readonly columns: ColumnMapping;
  readonly options: ImportOptions;
  /** Cells of the first rows, column by column; empty for those who may not see them. */
  readonly samples: readonly (readonly string[])[];
  readonly importedBefore: Date | undefined;
  readonly isRemembered: boolean;
  readonly requestTypes: readonly ImportedType[];
}

const shownSamples = 3;
const longestSample = 60;

/** The page where the columns of a file get their fields; with values and problems after a refusal. */
export function importMappingView(
  context: ViewerContext,
  basis: MappingBasis,
  typed?: FormValues,
  problems: readonly Problem[] = [],
): ImportMappingView {
  const { t, locale } = context;
  const { record, importedBefore } = basis;
  const title = t('imports.mappingTitle', { fileName: record.file_name });
  const columns = typed ? typedColumns(typed) : basis.columns.map((name) => name ?? '');
  const form = formView(t, optionFields(context, basis), typed ?? optionValues(basis.options), problems);
  return {
    title,
    header: {
      ...importHeader(context, title),
      subtitle: t('imports.mappingSubtitle', {
        count: record.row_count,
        number: formatNumber(record.row_count, locale),
        target: t(`imports.target.${record.target}`),
      }),
    },
    action: `/imports/${record.id}/mapping`,
    version: String(record.version),
    cancelHref: '/imports',
    problems: form.problems,
    notices: [
      ...(importedBefore
        ? [t('imports.importedBefore', { when: formatDateTime(importedBefore, locale) })]
        : []),
      ...(record.target === 'serviceRequests' ? [t('imports.timesInZone', { timeZone })] : []),
      ...(basis.isRemembered ? [t('imports.mappingRemembered')] : []),
    ],
    columns: record.header.map((heading, index) => ({
      id: `column-${index}`,
      heading: heading === '' ? t('imports.columnWithoutName', { number: index + 1 }) : heading,
      label: t('imports.fieldForColumn', { column: heading === '' ? index + 1 : heading }),
      samples: distinctSamples(basis.samples[index] ?? []),
      value: columns[index] ?? '',
    })),
    choices: basis.fields.map((field) => ({ value: field.name, label: importFieldLabel(t, field) })),
    options: form.fields,
  };
}

/** The options that a file begins with. */
export function defaultOptions(
  { viewer }: ViewerContext,
  dayCells: readonly (readonly string[])[],
): ImportOptions {
  return {
    policy: 'skip',
    identifyBy: 'phone',
    dateOrder: inferDayMonthOrder(dayCells.flat()) ?? null,
    owner: scopeOf(viewer, 'customers:read') === 'all' ? 'nobody' : 'importer',
    createCustomers: false,
    requestTypeId: null,
  };
}

function optionFields(context: ViewerContext, { record: { target }, requestTypes }: MappingBasis) {
  const { t, viewer } = context;
  const isCustomers = target === 'customers';
  const allowed = policies.filter(
    (policy) => policy !== 'update' || (isCustomers && can(viewer, 'customers:edit')),
  );
  const asOptions = <Name extends string>(names: readonly Name[], label: (name: Name) => string) =>
    names.map((name) => ({ value: name, label: label(name) }));
  const orders = ['day-first', 'month-first'] as const;
  const policy = {
    name: 'policy',
    label: isCustomers ? 'imports.policy' : 'imports.purchasePolicy',
    kind: 'select',
    required: true,
    help: isCustomers ? 'imports.policyHelp' : 'imports.purchasePolicyHelp',
    options: asOptions(allowed, (name) =>
      t(
        isCustomers
          ? `imports.policy.${name}`
          : `imports.purchasePolicy.${name === 'create' ? 'create' : 'skip'}`,
      ),
    ),
  } as const;
  const identifyBy = {
    name: 'identifyBy',
    label: 'imports.identifyBy',
    kind: 'select',
    required: true,
    help: 'imports.identifyByHelp',
    options: asOptions(identifiers, (name) => t(`imports.identifyBy.${name}`)),
  } as const;
  const createCustomers = {
    name: 'createCustomers',
    label: 'imports.createCustomers',
    kind: 'checkbox',
  } as const;
  const owner = {
    name: 'owner',
    label: 'imports.owner',
    kind: 'select',
    required: true,
    options: asOptions(owners, (name) => t(`imports.owner.${name}`)),
  } as const;
  const dateOrder = {
    name: 'dateOrder',
    label: 'imports.dateOrder',
    kind: 'select',
    help: 'imports.dateOrderHelp',
    options: [
      { value: '', label: t('imports.dateOrder.none') },
      ...asOptions(orders, (name) => t(`imports.dateOrder.${name}`)),
    ],
  } as const;
  if (target === 'serviceRequests') return [...requestOptionFields(context, requestTypes), dateOrder];
  if (isCustomers) return [policy, identifyBy, owner, dateOrder];
  return [policy, ...(can(viewer, 'customers:create') ? [createCustomers, owner] : []), dateOrder];
}

const optionValues = (options: ImportOptions): FormValues => ({
  ...options,
  dateOrder: options.dateOrder ?? '',
  requestTypeId: options.requestTypeId ?? '',
});

function typedColumns({ columns }: FormValues): string[] {
  const values: unknown[] = Array.isArray(columns) ? columns : [columns];
  return values.map((value) => (typeof value === 'string' ? value : ''));
}

function distinctSamples(cells: readonly string[]): string[] {
  const texts = cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
  return [...new Set(texts)]
    .slice(0, shownSamples)
    .map((text) => (text.length > longestSample ? `${text.slice(0, longestSample)}…` : text));
}
