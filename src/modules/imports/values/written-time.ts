/** A time as it was written, in 24 hours; its numbers are not checked yet. */
export interface WrittenTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly hasZone: boolean;
}

const timeAtEnd =
  /(?:T|\s|(?<=[日号]))\s?(?<before>上午|下午)?\s?(?<hour>\d{1,2})[:时点](?<minute>\d{1,2})?分?(?::?(?<second>\d{1,2})秒?)?(?:\.\d{1,9})?\s?(?<after>[ap]m)?\s?(?<zone>z|[+-]\d\d:?\d\d)?$/i;

/** Parts a date from the time that may follow it: `1990-01-02T09:30:00Z`, `1990年1月2日 下午2:30`, `2/1/1990 2:30 PM`. */
export function splitTime(text: string): { readonly date: string; readonly time?: WrittenTime } {
  const match = timeAtEnd.exec(text);
  if (!match?.groups) return { date: text };
  const { before, hour, minute, second, after, zone } = match.groups;
  const half = before ?? after?.toLowerCase();
  const time = {
    hour: half === undefined ? Number(hour) : in24Hours(Number(hour), half === '下午' || half === 'pm'),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    hasZone: zone !== undefined,
  };
  return { date: text.slice(0, match.index), time };
}

/** Twelve o'clock opens its half of the day; Chinese also says 下午14:30, which is left as it is. */
function in24Hours(hour: number, isAfternoon: boolean): number {
  if (hour === 12) return isAfternoon ? 12 : 0;
  return isAfternoon && hour < 12 ? hour + 12 : hour;
}
