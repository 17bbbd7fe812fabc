import { elementsOf } from './xml-elements.js';

/**
 * Numbers of formats that need no definition and show dates or times: ECMA-376 part 1, 18.8.30. Those from 27 to 36 and
 * from 50 to 58 are the ones of Chinese, Japanese and Korean Excel (31 is 1990年1月2日), which exceljs takes for numbers
 * (exceljs issue 2893).
 */
const builtInDateFormats: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** From the styles of a workbook: for each cell style, by its number, whether it shows a date or a time. */
export function dateStylesOf(stylesXml: string): boolean[] {
  const codes = new Map(
    elementsOf(section(stylesXml, 'numFmts'), 'numFmt').map((each) => [
      each.get('numFmtId'),
      each.get('formatCode'),
    ]),
  );
  return elementsOf(section(stylesXml, 'cellXfs'), 'xf').map((style) => {
    const number = style.get('numFmtId') ?? '0';
    const code = codes.get(number);
    return code === undefined ? isBuiltInDateFormat(Number(number)) : isDateFormat(code);
  });
}

const isBuiltInDateFormat = (number: number) =>
  builtInDateFormats.some(([first, last]) => number >= first && number <= last);

/** Whether a format code shows year, month, day, hour, minute or second outside its literal parts. */
function isDateFormat(code: string): boolean {
  const literals = /"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi;
  return /[ymdhs]/i.test(code.replace(literals, ''));
}

function section(xml: string, name: string): string {
  return new RegExp(`<(?:\\w+:)?${name}[\\s>].*?</(?:\\w+:)?${name}>`, 's').exec(xml)?.[0] ?? '';
}
