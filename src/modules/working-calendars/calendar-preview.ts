import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, type Reply } from '../../core/reply.js';
import type {
  CalendarException,
  CalendarExceptions,
  WorkingCalendar,
} from '../../core/working-time/working-calendar.js';
import { readCountingRules } from '../deadlines/counting-rules.queries.js';
import { previewDeadlines } from '../deadlines/preview-deadlines.queries.js';
import { deadlinePreviewView } from '../deadlines/preview-page.js';
import { calendarsPath, calendarsTrail } from './calendar-form.views.js';
import type { CalendarRecord } from './working-calendars.queries.js';

/** A change of a calendar as a form describes it. */
export interface CalendarChange {
  /** The calendar as it would be. */
  readonly change: (calendar: WorkingCalendar) => WorkingCalendar;
  /** Address that the form is sent to. */
  readonly action: string;
  readonly question: string;
  readonly typed: FormValues;
}

/** The page between a form of a calendar and its saving: what would change in open requests. */
export async function calendarPreview(
  context: ViewerContext,
  record: CalendarRecord,
  { change, action, question, typed }: CalendarChange,
): Promise<Reply> {
  const rules = await readCountingRules(context);
  const calendar = rules.calendars.get(record.id);
  if (!calendar) throw new NotFound('no such working calendar');
  const calendars = new Map([...rules.calendars, [record.id, change(calendar)]]);
  const preview = await previewDeadlines(context, { ...rules, calendars });
  const own = `${calendarsPath}/${record.id}`;
  const parts = { action, cancelHref: own, question, typed };
  return page(
    'admin/confirm',
    deadlinePreviewView(context, { ...parts, trail: calendarsTrail(context, record) }, preview),
  );
}

/** A calendar with a day put in place of what was there; undefined takes it out. */
export const withDay = (
  calendar: WorkingCalendar,
  day: string,
  exception: CalendarException | undefined,
): WorkingCalendar => {
  const others = withoutDay(calendar.exceptions, day);
  return { ...calendar, exceptions: exception ? { ...others, [day]: exception } : others };
};

const withoutDay = (exceptions: CalendarExceptions, day: string): CalendarExceptions =>
  Object.fromEntries(Object.entries(exceptions).filter(([other]) => other !== day));
