import { z } from 'zod';
import { normaliseEmail } from '../../core/email-address.js';
import {
  checkbox,
  isoDate,
  listOf,
  optionalFilter,
  optionalDate,
  optionalText,
  optionalUuid,
  requiredText,
  rowVersion,
  uuid,
} from '../../core/fields.js';
import { dayOf } from '../../core/format.js';
import { listParameters } from '../../core/list.js';
import { normalisePhone } from '../../core/phone.js';
import { dueBuckets } from '../follow-ups/due-days.js';
import { contactFields } from './contact-details.js';

export const genders = ['female', 'male', 'other'] as const;
export const birthCalendars = ['solar', 'lunar'] as const;

/** Longest values, in characters; the import and the forms refuse longer ones. */
export const customerLimits = {
  customerNo: 40,
  name: 100,
  wechat: 60,
  city: 60,
  address: 300,
  source: 60,
  remark: 4_000,
} as const;

const normalised = (normalise: (text: string) => string | null, message: string) =>
  optionalText(200).transform((text, context) => {
    if (text === null) return null;
    const value = normalise(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message, input: text });
    return z.NEVER;
  });

const notInTheFuture = (day: string | null): boolean => day === null || day <= dayOf(new Date());

const fields = {
  name: requiredText(customerLimits.name),
  gender: z
    .union([z.literal(''), z.enum(genders)])
    .optional()
    .transform((gender) => (gender ? gender : null)),
  birthDate: optionalDate.refine(notInTheFuture, 'customers.birthDateInFuture'),
  birthCalendar: z.enum(birthCalendars).default('solar'),
  phone: normalised(normalisePhone, 'customers.phoneImpossible'),
  email: normalised(normaliseEmail, 'errors.notAnEmail'),
  wechat: optionalText(customerLimits.wechat),
  city: optionalText(customerLimits.city),
  address: optionalText(customerLimits.address),
  source: optionalText(customerLimits.source),
  firstVisitOn: optionalDate.refine(notInTheFuture, 'customers.firstVisitInFuture'),
  remark: optionalText(customerLimits.remark),
  ownerId: optionalUuid,
  branchId: optionalUuid,
};

/**
 * The form for a new customer. `id` is made with the form: sent twice, it creates once. `createAnyway` says that it is
 * not the customer who has the same phone or e-mail address.
 */
export const NewCustomerForm = z.strictObject({ id: uuid, createAnyway: checkbox, ...fields });

/**
 * The form of a customer that exists. Contact data is not shown in it, so an empty contact field keeps what is stored,
 * and `clearContact` names those to remove.
 */
export const CustomerForm = z.strictObject({
  version: rowVersion,
  clearContact: listOf(z.enum(contactFields)),
  ...fields,
});

export type NewCustomer = Omit<z.output<typeof NewCustomerForm>, 'createAnyway'>;
export type CustomerChange = z.output<typeof CustomerForm>;

export const CustomerParams = z.strictObject({ id: uuid });

export const customerSorts = [
  'name',
  'customerNo',
  'createdAt',
  'updatedAt',
  'firstVisitOn',
  'totalAmount',
  'lastPurchaseOn',
  'nextFollowUp',
  'lastContact',
] as const;

/** Filters of the list by what is planned: a bucket of days, or nothing planned. */
export const plannedChoices = [...dueBuckets, 'none'] as const;

export const CustomerListQuery = z.strictObject({
  ...listParameters(customerSorts),
  gender: optionalFilter(z.enum([...genders, 'none'])),
  source: optionalText(customerLimits.source),
  city: optionalText(customerLimits.city),
  owner: optionalFilter(z.union([z.literal('none'), z.literal('me'), uuid])),
  createdFrom: optionalFilter(isoDate),
  createdTo: optionalFilter(isoDate),
  nextFollowUp: optionalFilter(z.enum(plannedChoices)),
  notContactedSince: optionalFilter(isoDate),
});

export type CustomerListQuery = z.output<typeof CustomerListQuery>;

export const VersionForm = z.strictObject({ version: rowVersion });
export const EmptyForm = z.strictObject({});

/** The timeline from a moment back. */
export const TimelineQuery = z.strictObject({
  before: z.iso
    .datetime('errors.notADate')
    .transform((text) => new Date(text))
    .optional(),
});
