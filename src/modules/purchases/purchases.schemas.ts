import { z } from 'zod';
import {
  amount,
  isoDate,
  optionalText,
  optionalUuid,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { dayOf } from '../../core/format.js';

export const purchaseLimits = { item: 200, remark: 1_000, quantity: 100_000 } as const;

export const purchaseKinds = ['purchase', 'refund'] as const;

const fields = {
  purchasedOn: isoDate.refine((day) => day <= dayOf(new Date()), 'purchases.dayInFuture'),
  item: optionalText(purchaseLimits.item),
  quantity: wholeNumber(1, purchaseLimits.quantity),
  amount: amount.refine((text) => !text.startsWith('-'), 'purchases.amountNegative'),
  kind: z.enum(purchaseKinds),
  staffId: optionalUuid,
  branchId: optionalUuid,
  remark: optionalText(purchaseLimits.remark),
};

/** A purchase or a refund. `id` is made with the form: sent twice, it is stored once. */
export const PurchaseForm = z.strictObject({ id: uuid, ...fields });

/** One that is stored already. */
export const PurchaseChangeForm = z.strictObject({ version: rowVersion, ...fields });
export const PurchaseDeletionForm = z.strictObject({ version: rowVersion });
export const PurchaseParams = z.strictObject({ id: uuid });

export type NewPurchase = z.output<typeof PurchaseForm>;
export type PurchaseChange = z.output<typeof PurchaseChangeForm>;
