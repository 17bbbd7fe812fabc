import { InvalidInput } from '../../core/errors.js';
import { wallTime, zonedMoment } from '../follow-ups/zoned-time.js';

const noon = 12 * 60;

/** Clocks of a browser and the server may differ by as much, in milliseconds. */
const tolerance = 5 * 60_000;

/**
 * The moment of a contact as its form says it: without day and time it was now, without a day today, without a time at
 * noon, or now when that is earlier.
 * @throws InvalidInput for a moment to come.
 */
export function happenedAt(
  form: { happenedOn: string | null; happenedTime: number | null },
  now: Date,
): Date {
  if (form.happenedOn === null && form.happenedTime === null) return now;
  const today = wallTime(now).day;
  const moment = zonedMoment({ day: form.happenedOn ?? today, minute: form.happenedTime ?? noon });
  if (moment.getTime() <= now.getTime() + tolerance) return moment;
  if (form.happenedOn === today && form.happenedTime === null) return now;
  throw InvalidInput.field('happenedOn', 'contactRecords.inFuture');
}
