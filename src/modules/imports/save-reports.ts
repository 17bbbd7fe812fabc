import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import type { RowReport } from './row-report.js';

/** Writes what became of the rows of a chunk, where it is not what an earlier pass said already. */
export async function saveReports(
  tx: Transaction,
  importId: string,
  reports: readonly RowReport[],
  plan: ReadonlyMap<number, RowReport>,
): Promise<void> {
  const news = reports.filter((report) => !isDeepStrictEqual(report, plan.get(report.rowNo)));
  if (news.length === 0) return;
  const rows = news.map((report) => ({
    row_no: report.rowNo,
    outcome: report.outcome,
    problems: report.remarks.length === 0 ? null : report.remarks,
    is_duplicate: report.isDuplicate,
    creates_customer: report.createsCustomer,
    record_id: report.recordId,
  }));
  await tx.$executeRaw`
    INSERT INTO import_rows (import_id, row_no, outcome, problems, is_duplicate, creates_customer, record_id)
    SELECT ${importId}::uuid, row_no, outcome, problems, is_duplicate, creates_customer, record_id
    FROM jsonb_populate_recordset(NULL::import_rows, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT (import_id, row_no) DO UPDATE SET outcome = excluded.outcome, problems = excluded.problems,
      is_duplicate = excluded.is_duplicate, creates_customer = excluded.creates_customer, record_id = excluded.record_id`;
}

const Counts = z.tuple([
  z.object({
    createdCount: z.number(),
    updatedCount: z.number(),
    unchangedCount: z.number(),
    skippedCount: z.number(),
    rejectedCount: z.number(),
    duplicateCount: z.number(),
    newCustomerCount: z.number(),
  }),
]);

export type ImportCounts = z.infer<typeof Counts>[0];

/** Counts the reports on the rows of an import. */
export async function countReports(tx: Transaction, importId: string): Promise<ImportCounts> {
  const [counts] = Counts.parse(
    await tx.$queryRaw`
      SELECT count(*) FILTER (WHERE outcome = 'created')::integer AS "createdCount",
             count(*) FILTER (WHERE outcome = 'updated')::integer AS "updatedCount",
             count(*) FILTER (WHERE outcome = 'unchanged')::integer AS "unchangedCount",
             count(*) FILTER (WHERE outcome = 'skipped')::integer AS "skippedCount",
             count(*) FILTER (WHERE outcome = 'rejected')::integer AS "rejectedCount",
             count(*) FILTER (WHERE is_duplicate)::integer AS "duplicateCount",
             count(*) FILTER (WHERE creates_customer)::integer AS "newCustomerCount"
      FROM import_rows WHERE import_id = ${importId}::uuid`,
  );
  return counts;
}
