import { z } from 'zod';
import { checkbox, listOf, optionalUuid, rowVersion, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { identifiers, owners, policies, targetNames } from './import-options.js';
import { importStates } from './import-states.js';
import { outcomes } from './row-report.js';

/** Largest file that can be uploaded, in bytes. */
export const maximumUploadBytes = 50 * 1024 * 1024;

export const ImportParams = z.strictObject({ id: uuid });

const anyChoice = <Choice extends string>(choices: readonly Choice[]) =>
  z
    .union([z.literal(''), z.enum(choices)])
    .optional()
    .transform((choice) => (choice === '' ? undefined : choice));

export const ImportListQuery = z.strictObject({
  ...listParameters(['createdAt']),
  state: anyChoice(importStates),
  target: anyChoice(targetNames),
});

export type ImportListQuery = z.output<typeof ImportListQuery>;

export const UploadForm = z.strictObject({ target: z.enum(targetNames) });

/** One `columns` for each column of the file, in order; empty leaves the column out. */
export const MappingForm = z.strictObject({
  version: rowVersion,
  columns: listOf(z.string().max(40), 200),
  policy: z.enum(policies),
  identifyBy: z.enum(identifiers).default('number'),
  dateOrder: z
    .union([z.literal(''), z.enum(['day-first', 'month-first'])])
    .transform((order) => (order === '' ? null : order)),
  owner: z.enum(owners).default('nobody'),
  createCustomers: checkbox,
  requestTypeId: optionalUuid,
});

export type MappingForm = z.output<typeof MappingForm>;

/** `problem` stands for rejected rows and those with a phone that others have. */
export const rowFilters = ['problem', 'duplicate', ...outcomes, 'all'] as const;
export type RowFilter = (typeof rowFilters)[number];

export const ImportRowsQuery = z.strictObject({
  ...listParameters(['row']),
  outcome: anyChoice(rowFilters),
});

export type ImportRowsQuery = z.output<typeof ImportRowsQuery>;

export const ImportVersionForm = z.strictObject({ version: rowVersion });
