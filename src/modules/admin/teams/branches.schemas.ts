import { z } from 'zod';
import { requiredText, rowVersion, uuid } from '../../../core/fields.js';
import { listParameters } from '../../../core/lists/list.js';

export const longestBranchName = 60;

export const NewBranchForm = z.strictObject({ name: requiredText(longestBranchName) });
export const BranchForm = NewBranchForm.extend({ version: rowVersion });

export type NewBranch = z.output<typeof NewBranchForm>;
export type BranchChange = z.output<typeof BranchForm>;

export const BranchListQuery = z.strictObject(listParameters(['name']));
export type BranchListQuery = z.output<typeof BranchListQuery>;

export const BranchParams = z.strictObject({ id: uuid });
