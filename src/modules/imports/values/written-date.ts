/**
 * A date as it was written: its numbers are not checked yet. Where it was written as `02/01/1990`, `first` and `second`
 * are day and month in one order or the other.
 */
export type WrittenDate =
  | { readonly year: number; readonly month: number; readonly day: number }
  | { readonly year: number; readonly first: number; readonly second: number };

const ordinal = '(?:st|nd|rd|th)?';
const monthName = String.raw`(?<name>[a-z]{3,9})\.?`;

/** All spellings that are read; spaces are single. */
const spellings = [
  String.raw`(?<year>\d{4}) ?[-/.] ?(?<month>\d{1,2}) ?[-/.] ?(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4}) ?年 ?(?<month>\d{1,2}) ?月 ?(?<day>\d{1,2}) ?[日号]?`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<first>\d{1,2}) ?[-/.] ?(?<second>\d{1,2}) ?[-/.] ?(?<year>\d{4})`,
  String.raw`(?<day>\d{1,2})${ordinal}[ -]?${monthName},?[ -]?(?<year>\d{4})`,
  String.raw`${monthName} ?(?<day>\d{1,2})${ordinal},? ?(?<year>(?<!\d)\d{4})`,
  String.raw`(?<year>\d{4})[ -]${monthName}[ -](?<day>\d{1,2})`,
].map((pattern) => new RegExp(`^${pattern}$`, 'i'));

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Reads the numbers of a date in any spelling; nothing when it is no date at all. Takes `plainText` without a time. */
export function readWrittenDate(text: string): WrittenDate | undefined {
  for (const spelling of spellings) {
    const groups = spelling.exec(text)?.groups;
    if (!groups) continue;
    const year = Number(groups.year);
    if (groups.first !== undefined)
      return { year, first: Number(groups.first), second: Number(groups.second) };
    const month = groups.name === undefined ? Number(groups.month) : monthNumber(groups.name);
    return month === undefined ? undefined : { year, month, day: Number(groups.day) };
  }
  return undefined;
}

/** Full names and abbreviations. */
function monthNumber(name: string): number | undefined {
  const index = monthNames.findIndex((month) => month.startsWith(name.toLowerCase()));
  return index < 0 ? undefined : index + 1;
}
