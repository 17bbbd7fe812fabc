import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface ThingKindOptions {
  readonly name?: string;
  readonly identifierLabel?: string;
  readonly serviceIntervalDays?: number;
  readonly leadDays?: number;
  readonly archivedAt?: Date;
}

/** A kind of served things; returns its id. */
export async function createThingKind(deps: Dependencies, options: ThingKindOptions = {}): Promise<string> {
  const id = newId();
  const data = { id, name: `Kind ${nextNumber()}`, ...options };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.servedThingKind.create({ data, select: { id: true } }),
  );
  return id;
}

export interface ThingOptions {
  readonly customerId: string;
  readonly kindId: string;
  readonly name?: string;
  readonly identifier?: string;
  /** `yyyy-mm-dd` */
  readonly nextDueOn?: string;
  readonly archivedAt?: Date;
}

/** A thing of a customer; returns its id. */
export async function createThing(
  deps: Dependencies,
  { nextDueOn, ...options }: ThingOptions,
): Promise<string> {
  const id = newId();
  const data = { id, name: `Thing ${nextNumber()}`, ...options, nextDueOn: dateOf(nextDueOn) };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.servedThing.create({ data, select: { id: true } }),
  );
  return id;
}

export interface ThingServiceOptions {
  readonly thingId: string;
  /** `yyyy-mm-dd` */
  readonly servedOn: string;
  readonly work?: string;
  readonly staffId?: string;
}

/** A service done on a thing; returns its id. */
export async function createThingService(
  deps: Dependencies,
  { servedOn, ...options }: ThingServiceOptions,
): Promise<string> {
  const id = newId();
  const data = { id, work: 'Oil changed', ...options, servedOn: new Date(`${servedOn}T00:00:00Z`) };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.servedThingService.create({ data, select: { id: true } }),
  );
  return id;
}

const dateOf = (day: string | undefined): Date | null =>
  day === undefined ? null : new Date(`${day}T00:00:00Z`);
