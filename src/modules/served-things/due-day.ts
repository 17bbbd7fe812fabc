import { addDays } from '../follow-ups/due-days.js';

/**
 * The day on which the next service is due after one, both `yyyy-mm-dd`; null where there was no service, or nothing
 * falls due by itself.
 */
export const dueAfterService = (servedOn: string | null, intervalDays: number | null): string | null =>
  servedOn === null || intervalDays === null ? null : addDays(servedOn, intervalDays);

/** The day of the follow-up for a due day: so many days ahead, and never before today. */
export function followUpDay(dueOn: string, leadDays: number, today: string): string {
  const planned = addDays(dueOn, -leadDays);
  return planned < today ? today : planned;
}

/** What a follow-up says it comes from. A thing and a day have one follow-up, so that no run plans a second. */
export const originOf = (thingId: string, dueOn: string): string => `servedThing:${thingId}:${dueOn}`;
