import type { BulkSubject } from './bulk-subject.js';
import { customerSubject } from './customer-subject.js';
import { requestSubject } from './request-subject.js';

export const bulkSubjectNames = ['customers', 'serviceRequests'] as const;

/** All records of which many can be changed at once. */
export const bulkSubjects: Readonly<Record<(typeof bulkSubjectNames)[number], BulkSubject>> = {
  customers: customerSubject,
  serviceRequests: requestSubject,
};
