import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, type Problem } from '../../core/errors.js';
import { formView, type FieldOption, type FieldSpec, type FieldView } from '../../core/form.js';
import type { Wording } from '../../core/kept-choices.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { yesNoOptions } from '../custom-fields/custom-field-form.js';
import { customValueText } from '../custom-fields/custom-value-text.js';
import { customFieldName, type CustomValue } from '../custom-fields/custom-values.js';
import type { FilterChoices } from './customer-choices.queries.js';
import { customLimitPrefixes, type CustomerListQuery } from './customers.schemas.js';

type FieldChoices = Pick<FilterChoices, 'customFields'>;
type FieldQuery = Pick<CustomerListQuery, 'custom' | 'customFrom' | 'customTo'>;

/** One filter by a custom field: numbers and days lie between limits, anything else is the same for many. */
interface FieldFilter {
  readonly parameter: string;
  readonly label: string;
  readonly kind: 'text' | 'select' | 'number' | 'date';
  readonly options: readonly FieldOption[];
  readonly value: CustomValue | undefined;
  readonly field: CustomField;
}

/**
 * Refuses filters by fields that are not in use, and limits of another kind than their field; the address alone cannot
 * tell.
 * @throws InvalidInput
 */
export function refuseUnknownFilters({ customFields }: FieldChoices, query: FieldQuery): void {
  const fieldOf = (key: string): CustomField | undefined => customFields.find((field) => field.key === key);
  const exact = Object.keys(query.custom ?? {}).filter((key) => {
    const field = fieldOf(key);
    return field === undefined || isLimited(field);
  });
  const unknown = exact.map((key): Problem => unknownField(customFieldName(key)));
  const limits = limitNames.flatMap((name) =>
    Object.entries(query[name] ?? {}).flatMap(([key, limit]): Problem[] => {
      const kind = fieldOf(key)?.kind;
      const parameter = `${customLimitPrefixes[name]}${key}`;
      if (kind === 'number')
        return typeof limit === 'number' ? [] : [{ path: parameter, key: 'customFields.notANumber' }];
      if (kind === 'date')
        return typeof limit === 'string' ? [] : [{ path: parameter, key: 'errors.notADate' }];
      return [unknownField(parameter)];
    }),
  );
  const problems = [...unknown, ...limits];
  if (problems.length > 0) throw new InvalidInput(problems);
}

const unknownField = (name: string): Problem => ({ path: '', key: 'errors.unknownField', params: { name } });

/** The filters by custom fields. */
export const customFieldFilters = (
  context: Wording,
  query: FieldQuery,
  { customFields }: FieldChoices,
): FieldView[] =>
  customFields
    .flatMap((field) => filtersOf(context, field, query))
    .flatMap(({ parameter, label, kind, options, value }) => {
      const spec: FieldSpec = {
        ...{ name: parameter, label: 'customFields.label', kind, options },
        ...(kind === 'number' && { inputMode: 'decimal' }),
      };
      return formView(context.t, [spec], { [parameter]: value }).fields.map((view) => ({ ...view, label }));
    });

/** The same filters, where they are set, in words. */
export const describeCustomFieldFilters = (
  context: ViewerContext,
  query: FieldQuery,
  { customFields }: FieldChoices,
): ActiveFilter[] =>
  customFields
    .flatMap((field) => filtersOf(context, field, query))
    .flatMap(({ parameter, label, options, value, field }) => {
      if (value === undefined) return [];
      const option = options.find((offered) => offered.value === value);
      const said = option?.label ?? customValueText(context, field, value);
      return [{ parameter, value: String(value), label: `${label}: ${said}` }];
    });

const limitNames = ['customFrom', 'customTo'] as const;

const isLimited = ({ kind }: CustomField): boolean => kind === 'number' || kind === 'date';

function filtersOf({ t }: Wording, field: CustomField, query: FieldQuery): FieldFilter[] {
  const { key, label, kind, choices } = field;
  if (kind === 'number' || kind === 'date') {
    return limitNames.map((name) => ({
      parameter: `${customLimitPrefixes[name]}${key}`,
      label: t(`customFields.${name}`, { field: label }),
      kind,
      options: [],
      value: query[name]?.[key],
      field,
    }));
  }
  const answers = kind === 'choice' ? choices.map((choice) => ({ value: choice, label: choice })) : [];
  return [
    {
      parameter: customFieldName(key),
      label,
      kind: kind === 'text' ? 'text' : 'select',
      options: kind === 'yesNo' ? yesNoOptions(t) : answers,
      value: query.custom?.[key],
      field,
    },
  ];
}
