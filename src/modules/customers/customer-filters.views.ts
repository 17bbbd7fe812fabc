import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView } from '../../core/form.js';
import { formatDay, formatMoney, formatNumber } from '../../core/format.js';
import type { Wording } from '../../core/kept-choices.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';
import { keepFilterGroups, keepFilters } from '../../core/lists/kept-filters.js';
import { describeSegmentFilter, segmentFilter } from '../segments/customer-segments.js';
import { describeTierFilter, tierFilter } from '../tiers/tier-filter.js';
import { customFieldFilters, describeCustomFieldFilters } from './custom-field-filters.js';
import type { FilterChoices } from './customer-choices.queries.js';
import type { CustomerListQuery } from './customers.schemas.js';
import { filterGroups, mainFilterSpecs, type FilterSpec } from './filter-specs.js';
import { describeTagFilters, tagFilters } from './tag-filters.js';

type Query = Partial<CustomerListQuery>;

/** The filters beside the search. */
export const mainFilters = keepFilters((wording, query: Query, choices: FilterChoices) => [
  ...filterFields(wording, query, mainFilterSpecs(wording, choices)),
  ...tierFilter(wording.t, choices.tiers, query.tier),
  ...segmentFilter(wording.t, choices.segments, query.segment),
  ...tagFilters(wording, query, choices),
]);

/** The filters that are used less, in groups. */
export const moreFilters = keepFilterGroups(
  (wording, query: Query, choices: FilterChoices) => [
    ...filterGroups(wording, choices).map(({ legend, filters }) => ({
      legend: wording.t(legend),
      fields: filterFields(wording, query, filters),
    })),
    { legend: wording.t('customers.filters.own'), fields: customFieldFilters(wording, query, choices) },
  ],
  ['custom', 'customFrom', 'customTo'],
);

/** The filters that are set, in words; the export's information sheet says the same. */
export function describeFilters(
  context: ViewerContext,
  query: CustomerListQuery,
  choices: FilterChoices,
): ActiveFilter[] {
  const { t } = context;
  const specs = [
    ...mainFilterSpecs(context, choices),
    ...filterGroups(context, choices).flatMap(({ filters }) => filters),
  ];
  const { ids } = query;
  return [
    ...(ids
      ? [{ parameter: 'ids', value: ids.join(','), label: t('customers.chosenRows', { count: ids.length }) }]
      : []),
    ...specs.flatMap((spec) => describeFilter(context, spec, valueOf(query, spec))),
    ...describeTierFilter(t, choices.tiers, query.tier),
    ...describeSegmentFilter(t, choices.segments, query.segment),
    ...describeTagFilters(context, query, choices),
    ...describeCustomFieldFilters(context, query, choices),
  ];
}

function describeFilter(context: ViewerContext, spec: FilterSpec, value: string): ActiveFilter[] {
  if (value === '') return [];
  const label = context.t(spec.label);
  const said = spec.kind === 'checkbox' ? label : `${label}: ${valueText(context, spec, value)}`;
  return [{ parameter: spec.name, value, label: said }];
}

/** What is asked for; a choice that is not offered any more keeps its place. */
function valueText({ t, locale }: Wording, spec: FilterSpec, value: string): string {
  switch (spec.kind) {
    case 'date':
      return formatDay(value, locale);
    case 'number':
      return spec.isMoney ? formatMoney(value, locale) : formatNumber(Number(value), locale);
    case 'select':
      return spec.options?.find((option) => option.value === value)?.label ?? t('customers.chosenBefore');
    default:
      return value;
  }
}

function filterFields(wording: Wording, query: Query, specs: readonly FilterSpec[]): readonly FieldView[] {
  return specs.flatMap((spec) => {
    const value = valueOf(query, spec);
    const { options = [] } = spec;
    const isOffered = value === '' || options.some((option) => option.value === value);
    const chosen = isOffered ? [] : [{ value, label: valueText(wording, spec, value) }];
    const offered = { ...spec, options: spec.kind === 'select' ? [...options, ...chosen] : [] };
    return formView(wording.t, [offered], { [spec.name]: value }).fields;
  });
}

/** What the address asks for; '' for nothing. */
function valueOf(query: Query, { name }: FilterSpec): string {
  const value = query[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
