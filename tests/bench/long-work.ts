import { customerWork } from './customer-work.js';
import { requestWork } from './request-work.js';
import type { LongWork } from './workplace.js';

/** All that takes long, in the order in which it is measured. */
export const longWork: readonly LongWork[] = [...customerWork, ...requestWork];
