import type { DemoPart } from './demo-part.js';
import { customersPart } from './parts/customers.js';
import { organisationPart } from './parts/organisation.js';
import { purchasesPart } from './parts/purchases.js';

/** All parts of the demo, in the order in which they are filled in. A demo of an older version gets those it lacks. */
export const demoParts: readonly DemoPart[] = [organisationPart, customersPart, purchasesPart];
