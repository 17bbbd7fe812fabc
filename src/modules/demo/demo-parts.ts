import type { DemoPart } from './demo-part.js';
import { carePart } from './parts/care.js';
import { customerContactsPart } from './parts/customer-contacts.js';
import { customersPart } from './parts/customers.js';
import { organisationPart } from './parts/organisation.js';
import { profilesPart } from './parts/profiles.js';
import { purchasesPart } from './parts/purchases.js';
import { segmentsPart } from './parts/segments.js';
import { servedThingsPart } from './parts/served-things.js';
import { tiersPart } from './parts/tiers.js';

/** All parts of the demo, in the order in which they are filled in. A demo of an older version gets those it lacks. */
export const demoParts: readonly DemoPart[] = [
  organisationPart,
  customersPart,
  profilesPart,
  purchasesPart,
  carePart,
  tiersPart,
  customerContactsPart,
  servedThingsPart,
  segmentsPart,
];
