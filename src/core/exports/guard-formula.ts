/**
 * Text that a spreadsheet program may take for a formula when it opens a CSV file: it begins with `=`, `+`, `-` or `@`
 * (or their full-width forms, which input methods type and some programs treat alike), perhaps behind white space,
 * invisible characters or controls; or it begins with a TAB, CR or LF (OWASP, CSV Injection; CVE-2021-25960 got past a
 * guard by leading white space). Apostrophes in front of it do not count, so that guarding can be undone.
 */
const formula = /^'*(?:[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n])/u;

/**
 * Makes text harmless in a CSV file by an apostrophe in front, which is how a spreadsheet user would enter it. Text that
 * already looks guarded gets one more, so `unguardFormula` gives back exactly what went in, whatever it was.
 *
 * Phone numbers such as `+852 9123 4567` are guarded like all text: unguarded, Excel computes `+1-555-0100` and turns
 * `+8613812345678` into 8.61381E+12. Domestic numbers are written without `+` and stay as they are. In workbooks nothing
 * is guarded: there a text cell has a type of its own and is never a formula.
 */
export const guardFormula = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Takes away the one apostrophe that `guardFormula` adds; for delimited files only, never for workbooks. */
export const unguardFormula = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
