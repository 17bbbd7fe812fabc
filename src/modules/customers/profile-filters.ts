import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, type Problem } from '../../core/errors.js';
import { formView, type FieldOption, type FieldSpec, type FieldView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { yesNoOptions } from '../custom-fields/custom-field-form.js';
import { customFieldName } from '../custom-fields/custom-values.js';
import type { Tag } from '../tags/tag.js';
import type { FilterChoices } from './customer-choices.queries.js';
import type { CustomerListQuery } from './customers.schemas.js';

type ProfileChoices = Pick<FilterChoices, 'tags' | 'customFields'>;
type ProfileQuery = Pick<CustomerListQuery, 'tag' | 'andTag' | 'custom'>;

/** Fields that can be filtered by: what is said in them can be the same for many. */
const isFilter = ({ kind }: CustomField): boolean => kind === 'text' || kind === 'yesNo' || kind === 'choice';

/**
 * Refuses filters by fields that are not in use, which the address alone cannot tell.
 * @throws InvalidInput
 */
export function refuseUnknownFilters({ customFields }: ProfileChoices, { custom }: ProfileQuery): void {
  const known = customFields.filter(isFilter).map(({ key }) => key);
  const problems = Object.keys(custom ?? {})
    .filter((key) => !known.includes(key))
    .map((key): Problem => ({
      path: '',
      key: 'errors.unknownField',
      params: { name: customFieldName(key) },
    }));
  if (problems.length > 0) throw new InvalidInput(problems);
}

/** The filters by tags and custom fields. Two tags can be asked for at once; an address can hold more. */
export function profileFilters(
  { t }: ViewerContext,
  { tag: tagIds = [], andTag, custom = {} }: ProfileQuery,
  { tags, customFields }: ProfileChoices,
): FieldView[] {
  const options = tags.map(({ id, name }) => ({ value: id, label: name }));
  const several = { value: tagIds.join(','), label: tagNames(t, tags, tagIds) };
  const specs: readonly FieldSpec[] = [
    {
      name: 'tag',
      label: 'tags.tag',
      kind: 'select',
      options: tagIds.length > 1 ? [several, ...options] : options,
    },
    { name: 'andTag', label: 'tags.andTag', kind: 'select', options },
  ];
  const tagFields = tags.length === 0 ? [] : formView(t, specs, { tag: several.value, andTag }).fields;
  const fieldFilters = customFields.filter(isFilter).flatMap((field) => {
    const name = customFieldName(field.key);
    const answers = filterOptions({ t }, field);
    const spec = {
      name,
      label: 'customFields.label',
      kind: answers ? 'select' : 'text',
      options: answers ?? [],
    } as const;
    return formView(t, [spec], { [name]: custom[field.key] }).fields.map((view) => ({
      ...view,
      label: field.label,
    }));
  });
  return [...tagFields, ...fieldFilters];
}

/** The same filters, where they are set, in words. */
export function describeProfileFilters(
  { t }: ViewerContext,
  { tag: tagIds = [], andTag, custom = {} }: ProfileQuery,
  { tags, customFields }: ProfileChoices,
): ActiveFilter[] {
  const byTag = (parameter: 'tag' | 'andTag', ids: readonly string[]): ActiveFilter[] => {
    const label = `${t('tags.tag')}: ${tagNames(t, tags, ids)}`;
    return ids.length === 0 ? [] : [{ parameter, value: ids.join(','), label }];
  };
  const byField = customFields.flatMap((field): ActiveFilter[] => {
    const value = custom[field.key];
    if (value === undefined) return [];
    const said = filterOptions({ t }, field)?.find((option) => option.value === value)?.label ?? value;
    return [{ parameter: customFieldName(field.key), value, label: `${field.label}: ${said}` }];
  });
  return [...byTag('tag', tagIds), ...byTag('andTag', andTag === undefined ? [] : [andTag]), ...byField];
}

function filterOptions(
  { t }: Pick<ViewerContext, 't'>,
  { kind, choices }: CustomField,
): FieldOption[] | undefined {
  if (kind === 'yesNo') return yesNoOptions(t);
  return kind === 'choice' ? choices.map((choice) => ({ value: choice, label: choice })) : undefined;
}

const tagNames = (t: Translate, tags: readonly Tag[], ids: readonly string[]): string =>
  ids.map((id) => tags.find((tag) => tag.id === id)?.name ?? t('tags.unknown')).join(' + ');
