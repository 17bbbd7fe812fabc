import { z } from 'zod';
import {
  amount,
  checkbox,
  isoDate,
  optionalFilter,
  optionalText,
  optionalUuid,
  requiredText,
  returnPath,
  rowVersion,
  uuid,
  wholeNumber,
} from '../../core/fields.js';
import { idsParameter } from '../../core/lists/list-selection.js';
import { listParameters } from '../../core/lists/list.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { optionalPhone, TimelineQuery } from '../customers/customers.schemas.js';
import { stateCategories } from '../request-states/request-state.js';
import { requestPriorities } from '../request-types/request-type.js';
import { entryKinds, requestLimits, responsibilities } from './request.js';

export const RequestParams = z.strictObject({ id: uuid });

/** The record: its timeline from a moment back, and what its answer box begins with. */
export const RequestQuery = TimelineQuery.extend({
  answer: optionalFilter(uuid),
  article: optionalFilter(uuid),
});

const priority = wholeNumber(1, 4);
const optionalPriority = z
  .union([z.literal('').transform(() => null), priority])
  .optional()
  .transform((value) => value ?? null);

const fields = {
  typeId: uuid,
  categoryId: optionalUuid,
  channel: z.enum(contactChannels),
  subject: requiredText(requestLimits.subject),
  description: optionalText(requestLimits.description),
  servedThingId: optionalUuid,
  branchId: optionalUuid,
  teamId: optionalUuid,
};

/** `id` is made with the form: sent twice, it opens once. The customer is chosen, or made from a name and a phone. */
export const NewRequestForm = z.strictObject({
  id: uuid,
  ...fields,
  typeId: optionalUuid,
  priority: optionalPriority,
  assigneeId: optionalUuid,
  customerId: optionalUuid,
  customerQuery: optionalText(200),
  newCustomerId: optionalUuid,
  newCustomerName: optionalText(100),
  newCustomerPhone: optionalPhone,
  /** The words on another request that this one is made of. */
  splitFrom: optionalUuid,
  /** Looks for the customer and shows the form again. */
  find: z.literal('yes').optional(),
});

export const RequestForm = z.strictObject({ version: rowVersion, ...fields, priority });

export const NewRequestQuery = z.strictObject({
  customerId: optionalFilter(uuid),
  servedThingId: optionalFilter(uuid),
  splitFrom: optionalFilter(uuid),
});

/** What is typed to find the customer. */
export const CustomerOfferQuery = z.strictObject({ customerQuery: optionalText(200) });

export const EntryForm = z.strictObject({
  id: uuid,
  kind: z.enum(entryKinds),
  body: requiredText(requestLimits.entry),
  channel: z
    .union([z.literal('').transform(() => null), z.enum(contactChannels)])
    .optional()
    .transform((value) => value ?? null),
  articleId: optionalUuid,
  /** After an answer: the request waits for the customer. */
  waits: checkbox,
});

export const StepForm = z.strictObject({
  fromStateId: uuid,
  stateId: uuid,
  returnTo: returnPath.optional(),
  reason: optionalText(requestLimits.reason),
  resolution: optionalText(requestLimits.resolution),
  categoryId: optionalUuid,
  causeId: optionalUuid,
  responsibility: z
    .union([z.literal('').transform(() => null), z.enum(responsibilities)])
    .optional()
    .transform((value) => value ?? null),
  remedy: optionalText(requestLimits.resolution),
});

export const StepQuery = z.strictObject({ stateId: optionalFilter(uuid) });

export const ComplaintForm = z.strictObject({
  version: rowVersion,
  causeId: optionalUuid,
  responsibility: StepForm.shape.responsibility,
  responsibleId: optionalUuid,
  remedy: optionalText(requestLimits.resolution),
  cost: z
    .union([
      z.literal('').transform(() => null),
      amount.refine((text) => !text.startsWith('-'), 'complaints.costNegative'),
    ])
    .optional()
    .transform((value) => value ?? null),
  rootCause: optionalText(requestLimits.resolution),
});

export const TakingForm = z.strictObject({});
export const AssignmentForm = z.strictObject({ assigneeId: optionalUuid });
export const RequestVersionForm = z.strictObject({ version: rowVersion });

export const requestSorts = ['receivedAt', 'due'] as const;

/** Which work is looked at; without one, everything. */
export const requestGroups = ['mine', 'team', 'unassigned', 'soon'] as const;

const listFields = z.strictObject({
  ...listParameters(requestSorts),
  group: optionalFilter(z.enum(requestGroups)),
  category: optionalFilter(z.enum(stateCategories)),
  state: optionalFilter(uuid),
  type: optionalFilter(uuid),
  topic: optionalFilter(uuid),
  priority: optionalFilter(priority.refine((value) => requestPriorities.some((known) => known === value))),
  channel: optionalFilter(z.enum(contactChannels)),
  assignee: optionalFilter(uuid),
  team: optionalFilter(uuid),
  branch: optionalFilter(uuid),
  customer: optionalFilter(uuid),
  late: optionalFilter(z.literal('yes')),
  receivedFrom: optionalFilter(isoDate),
  receivedTo: optionalFilter(isoDate),
  choose: optionalFilter(z.literal('filters')),
  ids: idsParameter,
});

export const RequestListQuery = listFields;

/** The same without what a page alone has: an export has no pages. */
export const RequestExportQuery = listFields.omit({ after: true, choose: true });

/** The board: the same filters as the list, without those that its columns and their order make up. */
export const BoardQuery = listFields.pick({
  ...{ group: true, type: true, priority: true, assignee: true, team: true, branch: true },
});

export type BoardQuery = z.output<typeof BoardQuery>;
export type NewRequest = z.output<typeof NewRequestForm>;
export type RequestChange = z.output<typeof RequestForm>;
export type EntryForm = z.output<typeof EntryForm>;
export type StepForm = z.output<typeof StepForm>;
export type ComplaintForm = z.output<typeof ComplaintForm>;
export type RequestListQuery = z.output<typeof RequestListQuery>;
export type RequestGroup = (typeof requestGroups)[number];
