import type { Context } from '../../core/context.js';
import type { Locale } from '../../core/i18n.js';
import type { DeadlineExplanation, ExplainedDay } from '../../core/working-time/explain.js';
import { durationText } from './duration-text.js';

type Words = Pick<Context, 't' | 'locale'>;

/** Days that a sum names one by one; what comes after them is added up. */
const mostDays = 7;

const dayFormats: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
  'zh-CN': new Intl.DateTimeFormat('zh-CN', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }),
};

const dayText = (locale: Locale, day: string): string =>
  dayFormats[locale].format(new Date(`${day}T00:00:00Z`));

/** How a deadline comes about: "8 h: Fri, Oct 2 2 h + Mon, Oct 5 6 h; without Thu, Oct 1 (National Day); paused 3 h". */
export function sumText({ t, locale }: Words, minutes: number, explained: DeadlineExplanation): string {
  const counted = explained.days.filter((day) => day.minutes > 0);
  const shown = counted.length <= mostDays + 1 ? counted : counted.slice(0, mostDays);
  const rest = counted.slice(shown.length);
  const parts = shown.map((day) => dayPart({ t, locale }, day));
  if (rest.length > 0) {
    const length = durationText(
      t,
      rest.reduce((sum, day) => sum + day.minutes, 0),
    );
    parts.push(t('deadlines.sumRest', { count: rest.length, length }));
  }
  return [
    t('deadlines.sum', { total: durationText(t, minutes), parts: parts.join(' + ') }),
    ...(explained.minutesLeft > 0
      ? [t('deadlines.sumLeft', { length: durationText(t, explained.minutesLeft) })]
      : []),
    ...holidayParts({ t, locale }, explained),
    ...(explained.pausedMinutes > 0
      ? [t('deadlines.sumPaused', { length: durationText(t, explained.pausedMinutes) })]
      : []),
  ].join(t('deadlines.sumSeparator'));
}

function dayPart({ t, locale }: Words, { day, minutes, exceptionName }: ExplainedDay): string {
  const params = { day: dayText(locale, day), length: durationText(t, minutes) };
  return exceptionName === null
    ? t('deadlines.sumDay', params)
    : t('deadlines.sumSpecialDay', { ...params, name: exceptionName[locale] });
}

/** Days of one holiday are one part; the same holiday of another year is another. */
function holidayParts({ t, locale }: Words, { holidays }: DeadlineExplanation): string[] {
  const groups = new Map<string, { name: string; days: string[] }>();
  for (const { day, name } of holidays) {
    const key = `${day.slice(0, 4)} ${name[locale]}`;
    const group = groups.get(key) ?? { name: name[locale], days: [] };
    groups.set(key, { ...group, days: [...group.days, day] });
  }
  return [...groups.values()].map(({ name, days }) => {
    const ends = new Set([days.at(0) ?? '', days.at(-1) ?? '']);
    const range = [...ends].map((day) => dayText(locale, day)).join(' – ');
    return t('deadlines.sumHoliday', { days: range, name });
  });
}
