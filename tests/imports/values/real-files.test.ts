import { basename } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { parseInChild } from '../../../src/core/tabular/parse-in-child.js';
import {
  customerFields,
  customerFieldSynonyms,
  type CustomerField,
} from '../../../src/modules/imports/targets/customer-fields.js';
import { purchaseFieldSynonyms } from '../../../src/modules/imports/targets/purchase-fields.js';
import type { CellValue } from '../../../src/modules/imports/values/cell-value.js';
import { guessMapping, type FieldSynonyms } from '../../../src/modules/imports/values/guess-mapping.js';
import { parseAmount } from '../../../src/modules/imports/values/parse-amount.js';
import { parseDate } from '../../../src/modules/imports/values/parse-date.js';
import { parseEmail } from '../../../src/modules/imports/values/parse-email.js';
import { parseGender } from '../../../src/modules/imports/values/parse-gender.js';
import { parsePhone } from '../../../src/modules/imports/values/parse-phone.js';
import { parseQuantity } from '../../../src/modules/imports/values/parse-quantity.js';
import { parseText } from '../../../src/modules/imports/values/parse-text.js';
import { sharedFile } from './shared-data.js';

/** The rows of a file as cells by field, mapped by its header alone. */
async function recordsOf<Field extends string>(
  path: string,
  synonyms: FieldSynonyms<Field>,
): Promise<((field: Field) => string)[]> {
  let mapping: (Field | null)[] = [];
  const records: ((field: Field) => string)[] = [];
  for await (const piece of parseInChild(path, basename(path))) {
    if (piece.kind === 'header') mapping = guessMapping(piece.header, synonyms);
    else for (const { cells } of piece.rows) records.push((field) => cells[mapping.indexOf(field)] ?? '');
  }
  return records;
}

const hasProblem = (parsed: CellValue<unknown>) => 'problem' in parsed;
const valueOf = <Value>(parsed: CellValue<Value>) => ('value' in parsed ? parsed.value : null);

/** How many of these repeat an earlier one; what is missing repeats nothing. */
function countRepeats(values: readonly (string | null)[]): number {
  const given = values.filter((value) => value !== null);
  return given.length - new Set(given).size;
}

/** Every defect counts on every row, whatever else is wrong with the row. */
async function defectsOf(path: string) {
  const records = await recordsOf<CustomerField>(path, customerFieldSynonyms);
  const count = (isDefect: (record: (field: CustomerField) => string) => boolean) =>
    records.filter(isDefect).length;
  return {
    rows: records.length,
    withoutName: count((record) => valueOf(parseText(record('name'), 100)) === null),
    impossiblePhones: count((record) => hasProblem(parsePhone(record('phone')))),
    impossibleBirthDates: count((record) =>
      hasProblem(parseDate(record('birthDate'), { latest: '2026-11-22' })),
    ),
    impossibleEmails: count((record) => hasProblem(parseEmail(record('email')))),
    unknownGenders: count((record) => hasProblem(parseGender(record('gender')))),
    impossibleVisits: count((record) =>
      hasProblem(parseDate(record('firstVisitOn'), { latest: '2026-11-22' })),
    ),
    repeatedNumbers: countRepeats(records.map((record) => valueOf(parseText(record('customerNo'), 50)))),
    repeatedPhones: countRepeats(records.map((record) => valueOf(parsePhone(record('phone'))))),
  };
}

describe('R1.8 files as customers bring them', () => {
  it.for(['customers/customers-utf8.csv', 'customers/customers-gb18030.csv'])(
    'show exactly the defects that were planted in %s',
    async (name, context) => {
      expect(await defectsOf(sharedFile(context, name))).toEqual({
        rows: 20_000,
        withoutName: 83,
        impossiblePhones: 147,
        impossibleBirthDates: 80,
        impossibleEmails: 49,
        unknownGenders: 0,
        impossibleVisits: 0,
        repeatedNumbers: 49,
        repeatedPhones: 228,
      });
    },
  );

  it('say the same as text and as a workbook', async (context) => {
    const cellsOf = async (name: string) => {
      const records = await recordsOf(sharedFile(context, `customers/${name}`), customerFieldSynonyms);
      return records.slice(0, 2_000).map((record) => customerFields.map(record));
    };
    expect(await cellsOf('customers.xlsx')).toEqual(await cellsOf('customers-utf8.csv'));
  });

  it('of purchases add up to the cent', async (context) => {
    const { count, problems, cents } = await purchasesOf(context);
    expect({ count, problems, cents }).toEqual({ count: 69_659, problems: 0, cents: 250_031_563n });
  });
});

async function purchasesOf(context: TestContext) {
  const records = await recordsOf(sharedFile(context, 'cdnow/purchases.csv'), purchaseFieldSynonyms);
  let problems = 0;
  let cents = 0n;
  for (const record of records) {
    const amount = valueOf(parseAmount(record('amount')));
    const others: CellValue<string | number>[] = [
      parseDate(record('purchasedOn')),
      parseQuantity(record('quantity')),
      parseText(record('customerNo'), 50),
    ];
    if (amount === null || others.some((parsed) => valueOf(parsed) === null)) problems += 1;
    else cents += BigInt(amount.replace('.', ''));
  }
  return { count: records.length, problems, cents };
}
