import { customerLimits } from '../../customers/customers.schemas.js';
import { categoryNameLength } from '../../request-categories/request-category.js';
import { requestLimits } from '../../service-requests/request.js';
import { plainText } from '../values/cell-value.js';
import { parseEmail } from '../values/parse-email.js';
import { parseMoment } from '../values/parse-moment.js';
import { parsePhone } from '../values/parse-phone.js';
import { parseChannel, parsePriority, parseProgress } from '../values/parse-request-words.js';
import { parseText } from '../values/parse-text.js';
import { customerNumber } from './customer-cells.js';
import type { CellReader, CellReaders } from './read-row.js';
import type { RequestField } from './request-fields.js';

const longestName = 100;
const longestSourceNo = 60;
/** Half of a place each, with what stands between them. */
const longestPlacePart = requestLimits.place / 2 - 1;

const text =
  (maximum: number): CellReader =>
  (cell) =>
    parseText(cell, maximum);

const pastMoment: CellReader = (cell, { dateOrder, today }) =>
  parseMoment(cell, { order: dateOrder ?? undefined, latest: today });

/** How the cells of each field of service requests are read; the limits are those of the form. */
export const requestCells: CellReaders<RequestField> = {
  sourceNo: (cell) => parseText(plainText(cell), longestSourceNo),
  receivedAt: pastMoment,
  closedAt: pastMoment,
  type: text(categoryNameLength),
  category: text(categoryNameLength),
  subCategory: text(categoryNameLength),
  subject: text(requestLimits.subject),
  description: text(requestLimits.description),
  status: parseProgress,
  priority: parsePriority,
  channel: parseChannel,
  branchName: text(longestName),
  place: text(longestPlacePart),
  area: text(longestPlacePart),
  customerNo: customerNumber,
  customerName: text(customerLimits.name),
  phone: (cell) => parsePhone(cell),
  email: parseEmail,
  assignee: text(longestName),
  resolution: text(requestLimits.resolution),
};
