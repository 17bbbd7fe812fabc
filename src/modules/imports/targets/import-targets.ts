import type { TargetName } from '../import-options.js';
import { customersTarget } from './customers-target.js';
import type { ImportTarget } from './import-target.js';
import { purchasesTarget } from './purchases-target.js';
import { requestsTarget } from './requests-target.js';

/** Everything that files can be imported as. */
export const importTargets: Readonly<Record<TargetName, ImportTarget>> = {
  customers: customersTarget,
  purchases: purchasesTarget,
  serviceRequests: requestsTarget,
};
