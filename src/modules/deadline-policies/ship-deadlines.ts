import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { chineseCalendar, knownChineseYears } from '../../core/working-time/chinese-calendar.js';
import { addRecount } from '../deadlines/recount.service.js';
import { shippedCalendar } from '../working-calendars/shipped-calendar.js';
import { storeDays } from '../working-calendars/store-days.js';
import { shippedPolicies } from './shipped-policies.js';

const shippedSetting = 'deadlines.shipped';

const Shipped = z.object({ lastYear: z.number() });

/** Years before the last known one whose holidays a new calendar begins with. */
const yearsBack = 1;

/**
 * Makes the calendar and the policies that a new installation starts with, once: what somebody deleted stays deleted. A
 * version that knows the holidays of further years adds them to the shipped calendar.
 */
export async function shipDeadlines(tx: Transaction): Promise<void> {
  const stored = await tx.setting.findUnique({ where: { key: shippedSetting } });
  const shipped = stored ? Shipped.parse(stored.value) : undefined;
  const { last } = knownChineseYears;
  if (shipped && shipped.lastYear >= last) return;
  const calendarId = shipped ? await findShippedCalendar(tx) : await shipCalendar(tx);
  if (calendarId !== undefined) {
    const years = { first: shipped ? shipped.lastYear + 1 : last - yearsBack, last };
    await storeDays(tx, calendarId, chineseCalendar(years, shippedCalendar.weekly).exceptions, 'shipped');
    if (shipped) await addRecount(tx, { actor: { id: null, name: 'installation' } });
    else await shipPolicies(tx, calendarId);
  }
  await tx.setting.upsert({
    where: { key: shippedSetting },
    create: { id: newId(), key: shippedSetting, value: { lastYear: last } },
    update: { value: { lastYear: last } },
  });
}

const findShippedCalendar = async (tx: Transaction): Promise<string | undefined> =>
  (await tx.workingCalendar.findUnique({ where: { shippedKey: shippedCalendar.key }, select: { id: true } }))
    ?.id;

async function shipCalendar(tx: Transaction): Promise<string> {
  const { key, name, timeZone, weekly } = shippedCalendar;
  const { id } = await tx.workingCalendar.create({
    data: { id: newId(), shippedKey: key, name, timeZone, weekly, isDefault: true },
    select: { id: true },
  });
  return id;
}

/** Policies of types that are gone are left out. */
async function shipPolicies(tx: Transaction, calendarId: string): Promise<void> {
  const types = await tx.requestType.findMany({ select: { id: true, shippedKey: true } });
  const typeOf = (key: string): string | undefined => types.find(({ shippedKey }) => shippedKey === key)?.id;
  await tx.deadlinePolicy.createMany({
    data: shippedPolicies.flatMap(({ name, typeKey, priority, targets, warningMinutes }, position) => {
      const typeId = typeKey === null ? null : typeOf(typeKey);
      if (typeId === undefined) return [];
      return {
        ...{ id: newId(), name, typeId, priority, calendarId, warningMinutes, position },
        firstResponseMinutes: targets.firstResponse,
        updateMinutes: targets.update,
        resolutionMinutes: targets.resolution,
      };
    }),
    skipDuplicates: true,
  });
}
