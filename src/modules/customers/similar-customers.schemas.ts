import { z } from 'zod';
import { normaliseEmail } from '../../core/email-address.js';
import { checkbox, isoDate, optionalText } from '../../core/fields.js';
import { normalisePhone } from '../../core/phone.js';

const longestTyped = 300;

/** What somebody is still typing: a value that is not complete yet counts as none. */
const typed = (complete: (text: string) => string | null) =>
  optionalText(longestTyped).transform((text) => (text === null ? null : complete(text)));

/** The fields of a new customer by which others are recognised. */
export const SimilarCustomersQuery = z.strictObject({
  name: typed((text) => text),
  phone: typed(normalisePhone),
  email: typed(normaliseEmail),
  birthDate: typed((text) => isoDate.safeParse(text).data ?? null),
  createAnyway: checkbox,
});

export type TypedCustomer = Pick<
  z.output<typeof SimilarCustomersQuery>,
  'name' | 'phone' | 'email' | 'birthDate'
>;
