import { z } from 'zod';
import { amount, isoDate, optionalText, optionalUuid, uuid, wholeNumber } from '../../core/fields.js';
import { dayOf } from '../../core/format.js';

export const purchaseLimits = { item: 200, remark: 1_000, quantity: 100_000 } as const;

/** A purchase, or a refund when the box is ticked. `id` is made with the form: sent twice, it is stored once. */
export const PurchaseForm = z.strictObject({
  id: uuid,
  purchasedOn: isoDate.refine((day) => day <= dayOf(new Date()), 'purchases.dayInFuture'),
  item: optionalText(purchaseLimits.item),
  quantity: wholeNumber(1, purchaseLimits.quantity),
  amount: amount.refine((text) => !text.startsWith('-'), 'purchases.amountNegative'),
  kind: z.enum(['purchase', 'refund']),
  staffId: optionalUuid,
  branchId: optionalUuid,
  remark: optionalText(purchaseLimits.remark),
});

export type NewPurchase = z.output<typeof PurchaseForm>;
