import { z } from 'zod';
import { requiredText, rowVersion, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { skillLimits } from './skill.js';

const name = requiredText(skillLimits.name);

/** `id` is made with the form: sent twice, it creates once. */
export const NewSkillForm = z.strictObject({ id: uuid, name });
export const SkillForm = z.strictObject({ version: rowVersion, name });
export const SkillArchivalForm = z.strictObject({});
export const SkillDeletionForm = z.strictObject({ version: rowVersion });
export const SkillParams = z.strictObject({ id: uuid });

export type NewSkill = z.output<typeof NewSkillForm>;
export type SkillChange = z.output<typeof SkillForm>;

export const SkillListQuery = z.strictObject(listParameters(['name']));
export type SkillListQuery = z.output<typeof SkillListQuery>;
