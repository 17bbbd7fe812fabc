import type { Locale, Translate } from './i18n.js';

/** Formatting happens in view builders, never in templates. Days are shown as they are; moments in the product's time zone. */
export const timeZone = process.env.TIME_ZONE || 'Asia/Shanghai';

const cached = <Formatter>(make: (locale: Locale) => Formatter): ((locale: Locale) => Formatter) => {
  const formatters = new Map<Locale, Formatter>();
  return (locale) => {
    const known = formatters.get(locale);
    if (known) return known;
    const made = make(locale);
    formatters.set(locale, made);
    return made;
  };
};

const dateTimes = cached(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
);
const times = cached((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }));
const days = cached((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }));
const moneys = cached(
  (locale) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' }),
);
const numbers = cached((locale) => new Intl.NumberFormat(locale));
const relatives = cached((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

const months = cached((locale) => {
  const formatter = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => formatter.format(new Date(Date.UTC(2024, index))));
});

/** The name of a month, 1 to 12. */
export const formatMonth = (month: number, locale: Locale): string => months(locale)[month - 1] ?? '';

const sizes = cached((locale) => ({
  kilobytes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }),
  megabytes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }),
}));

/** The size of a file: `12 kB`, from a tenth of a megabyte on `1.5 MB`. */
export const formatBytes = (bytes: number, locale: Locale): string =>
  bytes < 104_858
    ? sizes(locale).kilobytes.format(Math.ceil(bytes / 1024))
    : sizes(locale).megabytes.format(bytes / 1024 / 1024);

/** A moment, to the minute. */
export const formatDateTime = (moment: Date, locale: Locale): string => dateTimes(locale).format(moment);

/** The time of day of a moment, to the minute. */
export const formatTime = (moment: Date, locale: Locale): string => times(locale).format(moment);

/** A calendar day `yyyy-mm-dd`; '' for none. */
export const formatDay = (day: string | null, locale: Locale): string =>
  day === null ? '' : writtenDay(days(locale), day);

/** Lists repeat the same few thousand days, and a formatter takes longer than all the rest of a cell. */
const mostWrittenDays = 20_000;
const writtenDays = new Map<Intl.DateTimeFormat, Map<string, string>>();

function writtenDay(formatter: Intl.DateTimeFormat, day: string): string {
  let known = writtenDays.get(formatter);
  if (!known || known.size >= mostWrittenDays)
    writtenDays.set(formatter, (known = new Map<string, string>()));
  let text = known.get(day);
  if (text === undefined) known.set(day, (text = formatter.format(new Date(`${day}T00:00:00Z`))));
  return text;
}

/** An amount of money given as decimal text or number. */
export const formatMoney = (amount: string | number, locale: Locale): string =>
  moneys(locale).format(Number(amount));

export const formatNumber = (value: number, locale: Locale): string => numbers(locale).format(value);

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago or ahead a moment is: "2 hours ago", "tomorrow"; under a minute it is now. */
export function formatRelative(moment: Date, now: Date, locale: Locale): string {
  const seconds = (moment.getTime() - now.getTime()) / 1_000;
  const [unit, length] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relatives(locale).format(unit === 'second' ? 0 : Math.round(seconds / length), unit);
}

/** Whole years between a birth date `yyyy-mm-dd` and a day, 29 February counting on 1 March; undefined before birth. */
export function ageInYears(birthDate: string, today: string): number | undefined {
  if (birthDate > today) return undefined;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** A count that stops counting at its cap: "10,000+". */
export const formatCappedCount = (count: number, cap: number, locale: Locale): string =>
  count > cap ? `${formatNumber(cap, locale)}+` : formatNumber(count, locale);

const isoDays = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });

let latest = { minute: Number.NaN, day: '' };

/** The calendar day of a moment in the product's time zone, `yyyy-mm-dd`. A page asks for that of today many times. */
export function dayOf(moment: Date): string {
  const minute = Math.floor(moment.getTime() / 60_000);
  if (minute !== latest.minute) latest = { minute, day: isoDays.format(moment) };
  return latest.day;
}

/** Yes or no in the viewer's words. */
export const formatYesNo = (value: boolean, t: Translate): string => t(value ? 'common.yes' : 'common.no');
