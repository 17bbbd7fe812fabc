import type { ViewerContext } from '../../core/context.js';
import type { FieldOption, FieldSpec } from '../../core/form.js';
import { customerLimits, genders } from '../customers/customers.schemas.js';
import { noValue, valueSelect } from './bulk-value.js';
import type { CustomerChangeName } from './change-statement.js';
import { readCustomerValueChoices } from './customer-values.queries.js';

/** Changes of customers that need no value. */
export type PlainCustomerChange = Extract<CustomerChangeName, 'release' | 'deletion'>;

/** The field that asks for the new value. */
export async function customerValueField(
  context: ViewerContext,
  action: Exclude<CustomerChangeName, PlainCustomerChange>,
): Promise<FieldSpec> {
  const { t } = context;
  const choices = await readCustomerValueChoices(context, action);
  const named = (rows: readonly { readonly id: string; readonly name: string }[]): FieldOption[] =>
    rows.map(({ id, name }) => ({ value: id, label: name }));
  const none = (label: FieldSpec['label']): FieldOption => ({ value: noValue, label: t(label) });
  switch (action) {
    case 'transfer':
      return valueSelect('bulkChanges.newOwner', [none('customers.ownerNone'), ...named(choices.owners)]);
    case 'branch':
      return valueSelect('customers.branch', [none('bulkChanges.noValue'), ...named(choices.branches)]);
    case 'gender':
      return valueSelect('customers.gender', [
        none('bulkChanges.noValue'),
        ...genders.map((gender) => ({ value: gender, label: t(`customers.gender.${gender}`) })),
      ]);
    case 'addTag':
    case 'removeTag':
      return valueSelect('bulkChanges.tag', named(choices.tags));
    case 'source':
      return {
        name: 'value',
        label: 'customers.source',
        kind: 'text',
        required: true,
        maxLength: customerLimits.source,
        suggestions: choices.sources,
      };
    case 'city':
      return {
        name: 'value',
        label: 'customers.city',
        kind: 'text',
        required: true,
        maxLength: customerLimits.city,
      };
  }
}
