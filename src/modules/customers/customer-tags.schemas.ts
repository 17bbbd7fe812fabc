import { z } from 'zod';
import { uuid } from '../../core/fields.js';
import { TagName } from '../tags/tags.schemas.js';

/** A tag by its name; one that there is not yet is created by whoever may. */
export const CustomerTagForm = z.strictObject({ tag: TagName });

export const CustomerTagParams = z.strictObject({ id: uuid, tagId: uuid });
