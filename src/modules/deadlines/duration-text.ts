import type { Translate } from '../../core/i18n.js';

/** A length in minutes, rounded to whole ones: "4 h 30 min", "45 min". */
export function durationText(t: Translate, minutes: number): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return t('deadlines.minutes', { minutes: rest });
  if (rest === 0) return t('deadlines.hours', { hours });
  return t('deadlines.hoursAndMinutes', { hours, minutes: rest });
}

const minutesPerDay = 1_440;

/** A length on the clock, the coarser the longer it is: "45 min", "5 h 10 min", "3 days". */
export function clockDurationText(t: Translate, minutes: number): string {
  const days = Math.round(minutes / minutesPerDay);
  return minutes < 2 * minutesPerDay ? durationText(t, minutes) : t('deadlines.days', { count: days });
}
