import { customerLimits } from '../../customers/customers.schemas.js';
import { purchaseLimits } from '../../purchases/purchases.schemas.js';
import { parseAmount } from '../values/parse-amount.js';
import { parsePhone } from '../values/parse-phone.js';
import { parseQuantity } from '../values/parse-quantity.js';
import { parseText } from '../values/parse-text.js';
import { customerNumber, pastDay } from './customer-cells.js';
import type { PurchaseField } from './purchase-fields.js';
import type { CellReaders } from './read-row.js';

const longestName = 100;

/** How the cells of each field of purchases are read; the limits are those of the form. A refund has a negative amount. */
export const purchaseCells: CellReaders<PurchaseField> = {
  customerNo: customerNumber,
  customerName: (cell) => parseText(cell, customerLimits.name),
  phone: (cell) => parsePhone(cell),
  purchasedOn: pastDay,
  item: (cell) => parseText(cell, purchaseLimits.item),
  quantity: (cell) => {
    const read = parseQuantity(cell, { minimum: 1, maximum: purchaseLimits.quantity });
    return 'problem' in read ? read : { value: read.value === null ? null : String(read.value) };
  },
  amount: parseAmount,
  staffName: (cell) => parseText(cell, longestName),
  branchName: (cell) => parseText(cell, longestName),
  remark: (cell) => parseText(cell, purchaseLimits.remark),
};
