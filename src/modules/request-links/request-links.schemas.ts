import { z } from 'zod';
import { optionalText, optionalUuid, rowVersion, uuid } from '../../core/fields.js';
import { chosenKinds } from './relation-kind.js';

const typed = optionalText(200);

/** What is typed to find another request. */
export const CandidateQuery = z.strictObject({ q: typed });

export const LinkParams = z.strictObject({ id: uuid, linkId: uuid });

/** `id` is made with the form: sent twice, it links once. Without a choice, what was typed must mean one request. */
export const LinkForm = z.strictObject({
  id: uuid,
  kind: z.enum(chosenKinds),
  otherId: optionalUuid,
  q: typed,
  /** Looks for requests and shows the form again. */
  find: z.literal('yes').optional(),
});
export type LinkForm = z.output<typeof LinkForm>;

export const NoFields = z.strictObject({});

export const MergeQuery = z.strictObject({ into: uuid.optional(), q: typed });

/** The two as they were compared. */
export const MergeForm = z.strictObject({ into: uuid, version: rowVersion, intoVersion: rowVersion });
export type MergeForm = z.output<typeof MergeForm>;
