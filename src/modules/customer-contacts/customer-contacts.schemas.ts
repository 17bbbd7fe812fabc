import { z } from 'zod';
import { checkbox, listOf, optionalText, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { optionalEmail, optionalPhone } from '../customers/customers.schemas.js';
import { customerContactLimits } from './customer-contact.js';
import { reachFields } from './sealed-reach.js';

const fields = {
  name: requiredText(customerContactLimits.name),
  position: optionalText(customerContactLimits.position),
  phone: optionalPhone,
  email: optionalEmail,
  isPrimary: checkbox,
  remark: optionalText(customerContactLimits.remark),
};

/** `id` is made with the form: sent twice, it creates once. */
export const NewCustomerContactForm = z.strictObject({ id: uuid, ...fields });

/** Phone and e-mail are not shown in it: empty they keep what is stored, and `clearReach` names those to remove. */
export const CustomerContactForm = z.strictObject({
  version: rowVersion,
  clearReach: listOf(z.enum(reachFields)),
  ...fields,
});

export const CustomerContactDeletionForm = z.strictObject({ version: rowVersion });
export const CustomerContactParams = z.strictObject({ id: uuid });
export const RevealParams = z.strictObject({ id: uuid, field: z.enum(reachFields) });

export type NewCustomerContact = z.output<typeof NewCustomerContactForm>;
export type CustomerContactChange = z.output<typeof CustomerContactForm>;
