import { z } from 'zod';
import { optionalUuid, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { savedViewListNames } from './saved-view-lists.js';

export const savedViewLimits = { name: 60, query: 4_000, ownPerList: 30 } as const;

const address = z.string().max(savedViewLimits.query).default('');

const fields = {
  name: requiredText(savedViewLimits.name),
  /** Empty for a private view. */
  sharedRoleId: optionalUuid,
};

/** The list to save a view of, and the parameters of its address. */
export const NewSavedViewQuery = z.strictObject({
  list: z.enum(savedViewListNames).default('customers'),
  query: address,
});

/** `id` is made with the form: sent twice, it saves once. */
export const NewSavedViewForm = z.strictObject({
  id: uuid,
  list: z.enum(savedViewListNames),
  query: address,
  ...fields,
});

export const SavedViewForm = z.strictObject({ version: rowVersion, ...fields });

/** What the view is to show from now on: the parameters of the list's address. */
export const ViewContentsForm = z.strictObject({ version: rowVersion, query: address });

export const SavedViewVersionForm = z.strictObject({ version: rowVersion });
export const SavedViewParams = z.strictObject({ id: uuid });

export type NewSavedView = z.output<typeof NewSavedViewForm>;
export type SavedViewChange = z.output<typeof SavedViewForm>;
