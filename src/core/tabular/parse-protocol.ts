import { z } from 'zod';
import { delimiters } from './detect-delimiter.js';
import { tabularFileErrorKeys } from './tabular-file-error.js';
import { textEncodings } from './text-encoding.js';

/** The first message to the process that reads a file: what to read. */
export const ReadingRequest = z.strictObject({
  path: z.string(),
  originalName: z.string(),
  sheetName: z.string().exactOptional(),
});

export type ReadingRequest = z.infer<typeof ReadingRequest>;

/** Each further message to it: one more piece may be sent. */
export const anotherPiece = 'another piece';

/** How many pieces may be under way or waiting at a time. */
export const piecesInFlight = 3;

/** The messages from it. It reads what strangers wrote, so it is not trusted to keep to the form. */
export const ReadingMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('header'),
    format: z.enum(['delimited', 'workbook']),
    encoding: z.enum(textEncodings).exactOptional(),
    delimiter: z.enum(delimiters).exactOptional(),
    sheetName: z.string().exactOptional(),
    header: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('rows'),
    rows: z.array(z.strictObject({ rowNumber: z.int().positive(), cells: z.array(z.string()) })),
  }),
  z.strictObject({ kind: z.literal('end') }),
  z.strictObject({
    kind: z.literal('failure'),
    messageKey: z.enum(tabularFileErrorKeys),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
]);

export type ReadingMessage = z.infer<typeof ReadingMessage>;
