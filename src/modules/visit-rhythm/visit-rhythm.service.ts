import type { Dependencies } from '../../core/context.js';

export const serviceRhythmQueue = 'service-rhythms';

/** It reads every purchase: a minute for ten million of them. */
const timeoutMillis = 30 * 60_000;

/** Finds anew how often customers come back for each service, and when those without a rhythm of their own are expected. */
export async function refreshServiceRhythms({ database }: Pick<Dependencies, 'database'>): Promise<void> {
  await database.client.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`;
      await tx.$executeRaw`SELECT refresh_service_rhythms()`;
    },
    { timeout: timeoutMillis },
  );
}
