import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blank, fillPlaces, placeNames, unknownPlace } from '../../src/modules/canned-answers/fill-places.js';

const value = fc.string({ unit: 'grapheme', maxLength: 20 });
const values = fc.record({ customer: value, requestNo: value, staff: value, branch: value, dueTime: value });
const withoutBraces = values.map((all) => {
  const bare = (text: string): string => text.replace(/[{}]/g, '');
  const { customer, requestNo, staff, branch, dueTime } = all;
  return {
    ...{ customer: bare(customer), requestNo: bare(requestNo), staff: bare(staff) },
    ...{ branch: bare(branch), dueTime: bare(dueTime) },
  };
});
const placeText = fc.constantFrom(...placeNames.map((name) => `{{${name}}}`));
const body = fc
  .array(fc.oneof(placeText, fc.constantFrom('{', '}', '{{', '}}', '{{price}}', ' ', '您好'), fc.string()))
  .map((parts) => parts.join(''));

test('R2.5 no place is left in an answer that was accepted', () => {
  fc.assert(
    fc.property(body, withoutBraces, (text, all) => {
      fc.pre(unknownPlace(text) === undefined);
      expect(fillPlaces(text, all)).not.toMatch(/\{\{|\}\}/);
    }),
  );
});

test('R2.5 values are never read as places', () => {
  const parts = fc.array(fc.oneof(fc.constantFrom(...placeNames), fc.constantFrom(' ', '您好', 'x')));
  const placeLike = fc.record({
    customer: placeText,
    requestNo: value,
    staff: placeText,
    branch: value,
    dueTime: value,
  });
  fc.assert(
    fc.property(parts, placeLike, (written, all) => {
      const isPlace = (part: string): part is (typeof placeNames)[number] =>
        placeNames.some((name) => name === part);
      const text = written.map((part) => (isPlace(part) ? `{{${part}}}` : part)).join('');
      const filled = written.map((part) => (isPlace(part) ? all[part] || blank : part)).join('');
      expect(fillPlaces(text, all)).toBe(filled);
    }),
  );
});

test('R2.5 what cannot be filled in is named as it is written', () => {
  expect(unknownPlace('Dear {{customer}}, {{ staff }}')).toBeUndefined();
  expect(unknownPlace('Dear {{name}}')).toBe('{{name}}');
  expect(unknownPlace('{{客户}}您好')).toBe('{{客户}}');
  expect(unknownPlace('{{cus{{customer}}tomer}}')).toBe('{{cus');
  expect(unknownPlace('Dear customer}}')).toBe('}}');
  expect(unknownPlace('{one}')).toBeUndefined();
});
