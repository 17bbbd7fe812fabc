import type { Transaction } from '../../core/database.js';

/**
 * Makes the links of a request's surveys dead, in the unit of work that reopens or merges it; answers stay. A later closing
 * asks anew.
 */
export async function revokeSurveys(tx: Transaction, requestId: string, now: Date): Promise<void> {
  await tx.survey.updateMany({ where: { requestId, revokedAt: null }, data: { revokedAt: now } });
}
