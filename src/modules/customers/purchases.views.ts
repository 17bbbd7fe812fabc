import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { Choice } from './customer-choices.queries.js';
import { today, type CustomerRecord } from './customers.queries.js';
import { purchaseLimits } from './purchases.schemas.js';

export interface PurchaseFormView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly editForm: EditFormView;
}

/** The page that adds a purchase or a refund. */
export function newPurchaseView(
  context: ViewerContext,
  customer: CustomerRecord,
  choices: { readonly owners: readonly Choice[]; readonly branches: readonly Choice[] },
  values?: FormValues,
  problems: readonly Problem[] = [],
): PurchaseFormView {
  const { t, viewer } = context;
  const title = t('purchases.newFor', { name: customer.name });
  const shown: FormValues = values ?? {
    id: newId(),
    purchasedOn: today(context),
    quantity: '1',
    kind: 'purchase',
    staffId: viewer.id,
    branchId: customer.branch_id ?? '',
  };
  const asOptions = (list: readonly Choice[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  const specs: readonly FieldSpec[] = [
    { name: 'purchasedOn', label: 'purchases.purchasedOn', kind: 'date', required: true },
    {
      name: 'kind',
      label: 'purchases.kind',
      kind: 'select',
      required: true,
      options: (['purchase', 'refund'] as const).map((kind) => ({
        value: kind,
        label: t(`purchases.kind.${kind}`),
      })),
    },
    { name: 'item', label: 'purchases.item', kind: 'text', maxLength: purchaseLimits.item },
    { name: 'quantity', label: 'purchases.quantity', kind: 'number', required: true },
    {
      name: 'amount',
      label: 'purchases.amount',
      kind: 'text',
      inputMode: 'decimal',
      required: true,
      help: 'purchases.amountHelp',
    },
    { name: 'staffId', label: 'purchases.staff', kind: 'select', options: asOptions(choices.owners) },
    { name: 'branchId', label: 'customers.branch', kind: 'select', options: asOptions(choices.branches) },
    { name: 'remark', label: 'customers.remark', kind: 'textarea', maxLength: purchaseLimits.remark },
  ];
  const recordHref = `/customers/${customer.id}`;
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: '',
      trail: [
        { label: t('navigation.customers'), href: '/customers' },
        { label: customer.name, href: recordHref },
      ],
      actions: [],
    },
    editForm: {
      action: `${recordHref}/purchases`,
      form: formView(t, specs, shown, problems),
      hidden: [{ name: 'id', value: typeof shown['id'] === 'string' ? shown['id'] : newId() }],
      submitLabel: t('purchases.create'),
      cancelHref: recordHref,
    },
  };
}
