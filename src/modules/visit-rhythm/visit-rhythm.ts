import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { dayOf, formatDay, formatNumber } from '../../core/format.js';
import { sql } from '../../core/sql.js';
import type { DefinitionView } from '../../core/views/definition-view.js';

/** How often a customer comes; the first days are null for those of whom nothing is known. */
export const VisitRhythm = z.object({
  last_on: z.string().nullable(),
  expected_on: z.string().nullable(),
  is_own: z.boolean(),
  /** The service whose usual interval stands in for their own; null where it is that of all services. */
  service: z.string().nullable(),
});

export type VisitRhythm = z.infer<typeof VisitRhythm>;

/** A column of a SELECT from `customer_purchase_totals` as `totals`: the rhythm as JSON. */
export const visitRhythmColumn = sql`jsonb_build_object(
  'last_on', totals.last_purchase_on, 'expected_on', totals.expected_visit_on,
  'is_own', totals.visit_interval_days IS NOT NULL,
  'service', (SELECT item FROM service_rhythms WHERE item = totals.last_item))`;

type Speaker = Pick<Context, 't' | 'locale' | 'deps'>;

const dayMillis = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMillis;

/** "Every 28 days, own rhythm"; '' where nothing is known. */
export function rhythmText({ t, locale }: Speaker, rhythm: VisitRhythm): string {
  const { last_on, expected_on, service } = rhythm;
  if (last_on === null || expected_on === null) return '';
  const count = daysBetween(last_on, expected_on);
  const params = { count, number: formatNumber(count, locale) };
  if (rhythm.is_own) return t('visitRhythm.own', params);
  return service === null
    ? t('visitRhythm.ofAll', params)
    : t('visitRhythm.ofService', { ...params, service });
}

/** Days since the expected visit; negative before it, undefined where none is expected. */
export const daysLate = ({ deps }: Speaker, { expected_on }: VisitRhythm): number | undefined =>
  expected_on === null ? undefined : daysBetween(expected_on, dayOf(deps.now()));

/** The rhythm and the expected visit, as the record of a customer says them. */
export function rhythmDefinitions(context: Speaker, rhythm: VisitRhythm): DefinitionView[] {
  const { t, locale } = context;
  const late = daysLate(context, rhythm);
  if (late === undefined) return [];
  const day = formatDay(rhythm.expected_on, locale);
  const count = Math.abs(late);
  const key = late > 0 ? 'visitRhythm.expectedLate' : 'visitRhythm.expectedIn';
  const text =
    late === 0 ? t('visitRhythm.expectedToday') : t(key, { day, count, number: formatNumber(count, locale) });
  return [
    { label: t('visitRhythm.rhythm'), value: { text: rhythmText(context, rhythm) } },
    { label: t('visitRhythm.expected'), value: { text } },
  ];
}
