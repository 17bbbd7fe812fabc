import { customerLimits } from '../../customers/customers.schemas.js';
import { plainText } from '../values/cell-value.js';
import { parseCustomerKind } from '../values/parse-customer-kind.js';
import { parseDate } from '../values/parse-date.js';
import { parseEmail } from '../values/parse-email.js';
import { parseGender } from '../values/parse-gender.js';
import { parsePhone } from '../values/parse-phone.js';
import { parseText } from '../values/parse-text.js';
import type { CustomerField } from './customer-fields.js';
import { parseTags } from './tag-cells.js';
import type { CellReader, CellReaders } from './read-row.js';

const text =
  (maximum: number): CellReader =>
  (cell) =>
    parseText(cell, maximum);

/** A day up to today; `dateOrder` decides where day and month could be exchanged. */
export const pastDay: CellReader = (cell, { dateOrder, today, isWorkbook }) =>
  parseDate(cell, { order: dateOrder ?? undefined, latest: today, areSerialsAllowed: isWorkbook });

/** A customer number as other systems write it, in narrow characters. */
export const customerNumber: CellReader = (cell) => parseText(plainText(cell), customerLimits.customerNo);

/** How the cells of each field of customers are read; the limits are those of the form. */
export const customerCells: CellReaders<CustomerField> = {
  customerNo: customerNumber,
  name: text(customerLimits.name),
  kind: parseCustomerKind,
  gender: parseGender,
  birthDate: pastDay,
  phone: (cell) => parsePhone(cell),
  email: parseEmail,
  wechat: text(customerLimits.wechat),
  city: text(customerLimits.city),
  address: text(customerLimits.address),
  source: text(customerLimits.source),
  firstVisitOn: pastDay,
  remark: text(customerLimits.remark),
  habits: text(customerLimits.profile),
  preferences: text(customerLimits.profile),
  needs: text(customerLimits.profile),
  tags: (cell, { tagNames }) => parseTags(cell, tagNames),
};
