import { z } from 'zod';
import { requiredText, rowVersion, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { tagColors, tagLimits, tagSeparator } from './tag.js';

/** A tag's name: one line without what stands between names in files. */
export const TagName = requiredText(tagLimits.name).refine(
  (name) => !tagSeparator.test(name),
  'tags.nameSeparator',
);

export const NewTagForm = z.strictObject({ name: TagName, color: z.enum(tagColors) });
export const TagForm = NewTagForm.extend({ version: rowVersion });
export const TagDeletionForm = z.strictObject({ version: rowVersion });

export type NewTag = z.output<typeof NewTagForm>;
export type TagChange = z.output<typeof TagForm>;

export const TagListQuery = z.strictObject(listParameters(['name']));
export type TagListQuery = z.output<typeof TagListQuery>;

export const TagParams = z.strictObject({ id: uuid });

/** The filter by tags: ids, with commas between them or one parameter each, as a form sends them. */
export const tagFilter = z.preprocess((sent): unknown => {
  const ids = sent === undefined ? [] : [sent].flat().flatMap((part: unknown) => splitIds(part));
  return ids.length === 0 ? undefined : ids;
}, z.array(uuid).max(tagLimits.filter).optional());

const splitIds = (part: unknown): unknown[] =>
  typeof part === 'string' ? part.split(',').filter((id) => id !== '') : [part];
