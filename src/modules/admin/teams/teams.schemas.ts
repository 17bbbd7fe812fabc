import { z } from 'zod';
import { listOf, optionalUuid, requiredText, rowVersion, uuid } from '../../../core/fields.js';
import { listParameters } from '../../../core/lists/list.js';

export const longestTeamName = 60;

const fields = { name: requiredText(longestTeamName), branchId: optionalUuid, memberIds: listOf(uuid) };

export const NewTeamForm = z.strictObject(fields);
export const TeamForm = z.strictObject({ version: rowVersion, ...fields });

export type NewTeam = z.output<typeof NewTeamForm>;
export type TeamChange = z.output<typeof TeamForm>;

export const TeamListQuery = z.strictObject({ ...listParameters(['name']), branch: optionalUuid });
export type TeamListQuery = z.output<typeof TeamListQuery>;

export const TeamParams = z.strictObject({ id: uuid });
