import { z } from 'zod';
import { optionalUuid, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { categoryNameLength } from './request-category.js';

const fields = {
  name: requiredText(categoryNameLength),
  parentId: optionalUuid,
  typeId: optionalUuid,
  skillId: optionalUuid,
};

/** `id` is made with the form: sent twice, it creates once. */
export const NewRequestCategoryForm = z.strictObject({ id: uuid, ...fields });
export const RequestCategoryForm = z.strictObject({ ...fields, version: rowVersion });

export type NewRequestCategory = z.output<typeof NewRequestCategoryForm>;
export type RequestCategoryChange = z.output<typeof RequestCategoryForm>;
