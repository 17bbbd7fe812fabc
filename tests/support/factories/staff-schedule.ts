import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor } from './sequence.js';

export interface StaffScheduleOptions {
  readonly userId: string;
  readonly maximumOpen?: number;
  readonly weight?: number;
  readonly takesAutomatic?: boolean;
  /** Around the clock on every day unless told. */
  readonly shifts?: readonly { weekday: number; fromMinute: number; toMinute: number }[];
}

const aroundTheClock = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1_440 }));

/** Capacity and hours of somebody. */
export async function createStaffSchedule(
  deps: Dependencies,
  { userId, shifts = aroundTheClock, ...capacity }: StaffScheduleOptions,
): Promise<void> {
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.staffCapacity.create({ data: { id: userId, ...capacity } });
    await tx.staffShift.createMany({ data: shifts.map((shift) => ({ id: newId(), userId, ...shift })) });
  });
}

export interface AbsenceOptions {
  readonly userId: string;
  /** Days `yyyy-mm-dd`; both belong to it. */
  readonly fromDay: string;
  readonly toDay?: string;
  readonly substituteId?: string;
}

/** An absence; returns its id. */
export async function createAbsence(
  deps: Dependencies,
  { userId, fromDay, toDay = fromDay, substituteId }: AbsenceOptions,
): Promise<string> {
  const id = newId();
  const data = {
    id,
    userId,
    fromDay: new Date(`${fromDay}T00:00:00Z`),
    toDay: new Date(`${toDay}T00:00:00Z`),
    substituteId: substituteId ?? null,
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.staffAbsence.create({ data, select: { id: true } }),
  );
  return id;
}
