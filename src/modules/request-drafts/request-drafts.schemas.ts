import { z } from 'zod';
import { optionalText } from '../../core/fields.js';
import { entryKinds, requestLimits } from '../service-requests/request.js';
import { EntryForm } from '../service-requests/service-requests.schemas.js';

/** The answer box as it stands, half done. Words for nobody yet are kept as a note, which no customer reads. */
export const DraftForm = EntryForm.extend({
  kind: z.union([z.literal('').transform(() => 'note' as const), z.enum(entryKinds)]),
  body: optionalText(requestLimits.entry),
});

export const DiscardForm = z.strictObject({});

export type DraftForm = z.output<typeof DraftForm>;
