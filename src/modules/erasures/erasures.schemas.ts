import { z } from 'zod';
import { requiredText, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { erasureReasons } from './erasure-reasons.js';

export const ErasureParams = z.strictObject({ id: uuid });

/** The number typed again says that this customer is meant. No free text: it would be about the person. */
export const ErasureForm = z.strictObject({
  customerNo: requiredText(40),
  reason: z.enum(erasureReasons, 'errors.notAChoice'),
});

export type ErasureForm = z.output<typeof ErasureForm>;

export const erasureSorts = ['erasedAt'] as const;

export const ErasureListQuery = z.strictObject(listParameters(erasureSorts));
export type ErasureListQuery = z.output<typeof ErasureListQuery>;
