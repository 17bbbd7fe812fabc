import { z } from 'zod';
import { normaliseEmail } from '../../core/email-address.js';
import {
  amount,
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
  wholeNumber,
} from '../../core/fields.js';
import { dayOf } from '../../core/format.js';
import { gatherFields } from '../../core/gather-fields.js';
import { chooseParameter, columnsParameter } from '../../core/lists/list-columns.js';
import { idsParameter } from '../../core/lists/list-selection.js';
import { listParameters } from '../../core/lists/list.js';
import type { MessageKey } from '../../core/i18n.js';
import { normalisePhone } from '../../core/phone.js';
import { dueBuckets } from '../follow-ups/due-days.js';
import { CustomFieldKey } from '../custom-fields/custom-field.js';
import { gatherCustomValues, optionalNumber, TypedCustomValues } from '../custom-fields/custom-values.js';
import { tagFilter } from '../tags/tags.schemas.js';
import { lateGroups } from '../visit-rhythm/late-customers.js';
import { contactFields } from './contact-details.js';
import { customerColumnNames, CustomColumnName } from './customer-columns.js';

/** Somebody, or a firm that people speak for. */
export const customerKinds = ['person', 'company'] as const;
export type CustomerKind = (typeof customerKinds)[number];
export const genders = ['female', 'male', 'other'] as const;
/** What is known of a customer as a person, in words. */
export const profileFields = ['habits', 'preferences', 'needs'] as const;
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
  profile: 2_000,
} as const;

const normalised = (normalise: (text: string) => string | null, message: string) =>
  optionalText(200).transform((text, context) => {
    if (text === null) return null;
    const value = normalise(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message, input: text });
    return z.NEVER;
  });

/** A phone in any spelling as E.164, an e-mail address in lower case; null for none. */
export const optionalPhone = normalised(normalisePhone, 'customers.phoneImpossible');
export const optionalEmail = normalised(normaliseEmail, 'errors.notAnEmail');

const notInTheFuture = (day: string | null): boolean => day === null || day <= dayOf(new Date());

const fields = {
  name: requiredText(customerLimits.name),
  kind: z.enum(customerKinds).default('person'),
  gender: z
    .union([z.literal(''), z.enum(genders)])
    .optional()
    .transform((gender) => (gender ? gender : null)),
  birthDate: optionalDate.refine(notInTheFuture, 'customers.birthDateInFuture'),
  birthCalendar: z.enum(birthCalendars).default('solar'),
  phone: optionalPhone,
  email: optionalEmail,
  wechat: optionalText(customerLimits.wechat),
  city: optionalText(customerLimits.city),
  address: optionalText(customerLimits.address),
  source: optionalText(customerLimits.source),
  firstVisitOn: optionalDate.refine(notInTheFuture, 'customers.firstVisitInFuture'),
  remark: optionalText(customerLimits.remark),
  habits: optionalText(customerLimits.profile),
  preferences: optionalText(customerLimits.profile),
  needs: optionalText(customerLimits.profile),
  ownerId: optionalUuid,
  branchId: optionalUuid,
  custom: TypedCustomValues,
};

/** What only people have. */
export const personalFields = ['gender', 'birthDate'] as const;

/** Beside each field that a company cannot have. */
export const personalProblems = {
  gender: 'customers.companyHasNoGender',
  birthDate: 'customers.companyHasNoBirthDate',
} as const satisfies Record<(typeof personalFields)[number], MessageKey>;

function refusePersonalFields(
  form: Pick<z.output<z.ZodObject<typeof fields>>, 'kind' | (typeof personalFields)[number]>,
  context: z.RefinementCtx,
): void {
  if (form.kind !== 'company') return;
  for (const field of personalFields) {
    if (form[field] !== null) {
      context.addIssue({
        code: 'custom',
        path: [field],
        message: personalProblems[field],
        input: form[field],
      });
    }
  }
}

/**
 * The form for a new customer. `id` is made with the form: sent twice, it creates once. `createAnyway` says that it is
 * not the customer who has the same phone or e-mail address.
 */
export const NewCustomerForm = z.preprocess(
  gatherCustomValues,
  z.strictObject({ id: uuid, createAnyway: checkbox, ...fields }).superRefine(refusePersonalFields),
);

/**
 * The form of a customer that exists. Contact data is not shown in it, so an empty contact field keeps what is stored,
 * and `clearContact` names those to remove.
 */
export const CustomerForm = z.preprocess(
  gatherCustomValues,
  z
    .strictObject({ version: rowVersion, clearContact: listOf(z.enum(contactFields)), ...fields })
    .superRefine(refusePersonalFields),
);

export type NewCustomer = Omit<z.output<typeof NewCustomerForm>, 'createAnyway'>;
export type CustomerChange = z.output<typeof CustomerForm>;

export const CustomerParams = z.strictObject({ id: uuid });

export const customerSorts = [
  'name',
  'customerNo',
  'createdAt',
  'updatedAt',
  'totalAmount',
  'lastPurchaseOn',
  'nextFollowUp',
  'lastContact',
] as const;

/** Filters of the list by what is planned: a bucket of days, or nothing planned. */
export const plannedChoices = [...dueBuckets, 'none'] as const;

/** Filters by custom fields; those that are left empty are none. */
const CustomFilter = TypedCustomValues.transform((values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
).optional();

/** How the limits of custom fields begin in an address. */
export const customLimitPrefixes = { customFrom: 'customFrom-', customTo: 'customTo-' } as const;

/** Limits of custom fields of numbers and of days; those that are left empty are none. */
const CustomLimits = z
  .record(CustomFieldKey, z.union([isoDate, optionalNumber]))
  .transform((limits) =>
    Object.fromEntries(
      Object.entries(limits).flatMap(([key, limit]) => (limit === null ? [] : [[key, limit] as const])),
    ),
  )
  .optional();

/** A custom field's value is sent as `custom-<key>`, its limits as `customFrom-<key>` and `customTo-<key>`. */
const gatherFilters = (input: unknown): unknown =>
  gatherFields(customLimitPrefixes)(gatherCustomValues(input));

export const contactAnswers = ['yes', 'no'] as const;
const contactFilter = optionalFilter(z.enum(contactAnswers));
const years = optionalFilter(wholeNumber(0, 150));
const count = optionalFilter(wholeNumber(0, 1_000_000));
const idOrNone = optionalFilter(z.union([z.literal('none'), uuid]));

const listFields = z.strictObject({
  ...listParameters(customerSorts),
  kind: optionalFilter(z.enum(customerKinds)),
  gender: optionalFilter(z.enum([...genders, 'none'])),
  source: optionalText(customerLimits.source),
  city: optionalText(customerLimits.city),
  owner: optionalFilter(z.union([z.enum(['none', 'me', 'shared']), uuid])),
  team: idOrNone,
  branch: idOrNone,
  ageFrom: years,
  ageTo: years,
  birthMonth: optionalFilter(wholeNumber(1, 12)),
  hasPhone: contactFilter,
  hasEmail: contactFilter,
  hasWechat: contactFilter,
  createdFrom: optionalFilter(isoDate),
  createdTo: optionalFilter(isoDate),
  firstVisitFrom: optionalFilter(isoDate),
  firstVisitTo: optionalFilter(isoDate),
  lastVisitFrom: optionalFilter(isoDate),
  lastVisitTo: optionalFilter(isoDate),
  noVisitSince: optionalFilter(isoDate),
  spentFrom: optionalFilter(amount),
  spentTo: optionalFilter(amount),
  purchasesFrom: count,
  purchasesTo: count,
  nextFollowUp: optionalFilter(z.enum(plannedChoices)),
  notContactedSince: optionalFilter(isoDate),
  tag: tagFilter,
  tier: idOrNone,
  andTag: optionalFilter(uuid),
  segment: optionalFilter(uuid),
  late: optionalFilter(z.enum(lateGroups)),
  poolSoon: optionalFilter(z.literal('on')),
  custom: CustomFilter,
  customFrom: CustomLimits,
  customTo: CustomLimits,
  columns: columnsParameter(customerColumnNames, CustomColumnName),
  choose: chooseParameter,
  view: optionalFilter(uuid),
  ids: idsParameter,
});

/** The parameters of the list. */
export const CustomerListQuery = z.preprocess(gatherFilters, listFields);

/** The same without what a page alone has: an export has no pages. */
export const CustomerExportQuery = z.preprocess(
  gatherFilters,
  listFields.omit({ after: true, choose: true }),
);

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
