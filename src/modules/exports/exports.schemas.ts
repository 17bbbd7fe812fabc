import { z } from 'zod';
import { exportFormats } from '../../core/exports/export-format.js';
import { listParameters } from '../../core/lists/list.js';

export const exportSorts = ['startedAt'] as const;

/** `started` without an end: still running, or the product stopped before the end was known. */
export const exportStates = ['started', 'finished', 'aborted'] as const;

export const ExportListQuery = z.strictObject({
  ...listParameters(exportSorts),
  format: z.union([z.literal(''), z.enum(exportFormats)]).optional(),
  state: z.union([z.literal(''), z.enum(exportStates)]).optional(),
});

export type ExportListQuery = z.output<typeof ExportListQuery>;
