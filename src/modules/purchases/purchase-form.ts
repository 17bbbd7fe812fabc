import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import type { Choice, FormChoices } from '../customers/customer-choices.queries.js';
import type { PurchaseRow } from './purchases.queries.js';
import { purchaseKinds, purchaseLimits } from './purchases.schemas.js';

export type PurchaseChoices = Pick<FormChoices, 'owners' | 'branches'>;

const asOptions = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }));

/** The fields of a purchase or refund. Who left is no choice any more, but stays where they are. */
export function purchaseFieldSpecs(
  { t }: ViewerContext,
  { owners, branches }: PurchaseChoices,
  purchase?: PurchaseRow,
): readonly FieldSpec[] {
  const { staff_id: id = null, staff_name: name = null } = purchase ?? {};
  const former =
    id !== null && name !== null && !owners.some((owner) => owner.id === id) ? [{ id, name }] : [];
  return [
    { name: 'purchasedOn', label: 'purchases.purchasedOn', kind: 'date', required: true },
    {
      name: 'kind',
      label: 'purchases.kind',
      kind: 'select',
      required: true,
      options: purchaseKinds.map((kind) => ({ value: kind, label: t(`purchases.kind.${kind}`) })),
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
    { name: 'staffId', label: 'purchases.staff', kind: 'select', options: asOptions([...owners, ...former]) },
    { name: 'branchId', label: 'customers.branch', kind: 'select', options: asOptions(branches) },
    { name: 'remark', label: 'customers.remark', kind: 'textarea', maxLength: purchaseLimits.remark },
  ];
}

/** What is saved, by the names of the form's fields. */
export const storedValues = (purchase: PurchaseRow): FormValues => ({
  purchasedOn: purchase.purchased_on,
  kind: isRefund(purchase) ? 'refund' : 'purchase',
  item: purchase.item ?? '',
  quantity: String(purchase.quantity),
  amount: purchase.amount.replace(/^-/, ''),
  staffId: purchase.staff_id ?? '',
  branchId: purchase.branch_id ?? '',
  remark: purchase.remark ?? '',
});

export const isRefund = ({ amount }: Pick<PurchaseRow, 'amount'>): boolean => amount.startsWith('-');
