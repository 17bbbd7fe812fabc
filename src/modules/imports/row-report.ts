import { z } from 'zod';
import { isMessageKey, type MessageKey, type MessageParams } from '../../core/i18n.js';

/** What becomes of a row of a file: planned by the check, then done by the run. */
export const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'rejected'] as const;
export type Outcome = (typeof outcomes)[number];

/** One reason or note on a row. It never repeats what a cell says, so it may be kept in clear. */
export interface Remark {
  /** The field it is about; null for the row as a whole. */
  readonly field: string | null;
  readonly key: MessageKey;
  readonly params: MessageParams;
}

export interface RowReport {
  readonly rowNo: number;
  readonly outcome: Outcome;
  readonly remarks: readonly Remark[];
  /** Its phone is one that an earlier row or another customer has. */
  readonly isDuplicate: boolean;
  /** Of a purchase: its customer was not known before. */
  readonly createsCustomer: boolean;
  /** The record that the row became or belongs to; null before it is stored, and for rows left out. */
  readonly recordId: string | null;
}

const StoredRemark = z.object({
  field: z.string().nullable(),
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Remarks as the database keeps them; those whose text is no longer part of the product are left out. */
export const StoredRemarks = z
  .array(StoredRemark)
  .nullable()
  .transform((remarks) =>
    (remarks ?? []).flatMap(({ field, key, params }): Remark[] =>
      isMessageKey(key) ? [{ field, key, params }] : [],
    ),
  );

export const rowRemark = (key: MessageKey, params: MessageParams = {}): Remark => ({
  field: null,
  key,
  params,
});

export const fieldRemark = (field: string, key: MessageKey, params: MessageParams = {}): Remark => ({
  field,
  key,
  params,
});
