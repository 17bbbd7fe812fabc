import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';

/** Services that the page of a thing shows, the latest. */
export const servicesShown = 100;

const ServiceRow = z.object({
  id: z.string(),
  thing_id: z.string(),
  served_on: z.string(),
  work: z.string(),
  staff_id: z.string().nullable(),
  staff_name: z.string().nullable(),
  remark: z.string().nullable(),
  version: z.number(),
});

/** A service done on a thing. */
export type ServiceRow = z.infer<typeof ServiceRow>;

const columns = sql`services.id::text, services.thing_id::text, services.served_on, services.work,
  services.staff_id::text, staff.name AS staff_name, services.remark, services.version`;
const tables = sql`served_thing_services AS services LEFT JOIN users AS staff ON staff.id = services.staff_id`;

/** The latest services of a thing that the viewer was found to see. */
export const listServices = ({ deps }: ViewerContext, thingId: string): Promise<ServiceRow[]> =>
  deps.database.preparedRows(
    sql`SELECT ${columns} FROM ${tables} WHERE services.thing_id = ${thingId}::uuid
        ORDER BY services.served_on DESC, services.id DESC LIMIT ${servicesShown}`,
    ServiceRow,
  );

/** One service; who may see it is said by its thing. @throws NotFound */
export async function findService({ deps }: ViewerContext, id: string): Promise<ServiceRow> {
  const [service] = await deps.database.preparedRows(
    sql`SELECT ${columns} FROM ${tables} WHERE services.id = ${id}::uuid`,
    ServiceRow,
  );
  if (!service) throw new NotFound('no such service');
  return service;
}
