import type { Translate } from '../../core/i18n.js';
import { shippedName, type MaybeShipped } from '../../core/shipped-name.js';
import { shippedCalendar } from './shipped-calendar.js';

/** The name of a working calendar; the shipped one, unless somebody renamed it, is named in the viewer's language. */
export const calendarName = (t: Translate, calendar: MaybeShipped): string =>
  shippedName(t, calendar, [shippedCalendar], (key) => `workingCalendars.shipped.${key}`);
