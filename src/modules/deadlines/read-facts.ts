import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { DeadlinePolicy } from '../deadline-policies/deadline-policy.js';
import { policiesColumn } from '../deadline-policies/stored-policies.js';
import {
  calendarsOf,
  CalendarVersion,
  calendarVersionsColumn,
} from '../working-calendars/stored-calendar.js';
import type { CountingRules } from './count-request.js';
import { countedRequestColumn, isCounted, StoredRequest } from './counted-requests.js';

const Facts = z
  .tuple([
    z.object({
      policies: z.array(DeadlinePolicy),
      versions: z.array(CalendarVersion),
      requests: z.array(StoredRequest),
    }),
  ])
  .transform(([facts]) => facts);

export interface CountingFacts {
  readonly rules: CountingRules;
  readonly requests: readonly StoredRequest[];
}

/** Requests that are counted, of these, with the rules they are counted by: one statement, two after a change of calendars. */
export async function readFacts(
  tx: Transaction,
  requestIds: readonly string[],
  now: Date,
): Promise<CountingFacts> {
  const { policies, versions, requests } = Facts.parse(
    await tx.$queryRaw(sql`
      SELECT ${policiesColumn} AS policies, ${calendarVersionsColumn} AS versions,
             (SELECT coalesce(jsonb_agg(${countedRequestColumn(now)}), '[]') FROM service_requests
              WHERE id = ANY(${[...requestIds]}::uuid[]) AND ${isCounted}) AS requests`),
  );
  const inUse = versions.filter(({ id }) => policies.some(({ calendarId }) => calendarId === id));
  return { rules: { policies, versions, calendars: await calendarsOf(tx, inUse) }, requests };
}
