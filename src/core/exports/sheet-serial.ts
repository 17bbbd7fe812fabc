const millisecondsPerDay = 86_400_000;
const daysFrom1899To1970 = 25_569;

/** 1 March 1900. Excel takes 1900 for a leap year, so the days before it mean something else in each program. */
const firstReliableDay = 61;
const lastDay = 2_958_465;

/**
 * Excel's number for `yyyy-mm-dd` or `yyyy-mm-dd hh:mm:ss`: days since 1899-12-30, time as a fraction, in no time zone.
 * Undefined where Excel has no such date: before March 1900 and after 9999.
 * @throws RangeError when the text is no date.
 */
export function sheetSerial(text: string): number | undefined {
  const [day = '', time = '00:00:00'] = text.split(' ');
  const milliseconds = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a date: ${text}`);
  const serial = milliseconds / millisecondsPerDay + daysFrom1899To1970;
  return serial >= firstReliableDay && serial < lastDay + 1 ? serial : undefined;
}
