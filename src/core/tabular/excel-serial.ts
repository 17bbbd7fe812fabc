const secondsPerDay = 86_400;
const daysFrom1899To1970 = 25_569;
const daysFrom1900To1904 = 1_462;
const lastDay = 2_958_465;

/** Lotus 1-2-3 took 1900 for a leap year, and Excel still does: days before its 29 February are one too low. */
const invented29February1900 = 60;

/**
 * The date that Excel means by a number of days, as `yyyy-mm-dd`, with `Thh:mm:ss` if it has a time, or `hh:mm:ss` alone
 * below one day. Nothing when it is no date of the years 1900 to 9999.
 */
export function textOfExcelSerial(serial: number, isDate1904 = false): string | undefined {
  const days = isDate1904 ? serial + daysFrom1900To1904 : serial;
  if (!(serial >= 0 && days < lastDay + 1)) return undefined;
  const shift = days < invented29February1900 ? 1 : 0;
  const seconds = Math.round((days + shift - daysFrom1899To1970) * secondsPerDay);
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().slice(0, 19).split('T');
  if (time === '00:00:00') return date;
  return serial < 1 ? time : `${date}T${time}`;
}
