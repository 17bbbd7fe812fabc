import { timeZone } from '../format.js';

const wallClockFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** A moment as a clock in the product's time zone shows it, `yyyy-mm-dd hh:mm:ss`: the form that Excel reads in CSV. */
export const wallClock = (moment: Date): string => wallClockFormat.format(moment);
