import type { DemoPart } from './demo-part.js';
import { answersPart } from './parts/answers.js';
import { carePart } from './parts/care.js';
import { customerContactsPart } from './parts/customer-contacts.js';
import { customersPart } from './parts/customers.js';
import { organisationPart } from './parts/organisation.js';
import { profilesPart } from './parts/profiles.js';
import { purchasesPart } from './parts/purchases.js';
import { requestCategoriesPart } from './parts/request-categories.js';
import { returnVisitsPart } from './parts/return-visits.js';
import { segmentsPart } from './parts/segments.js';
import { servedThingsPart } from './parts/served-things.js';
import { serviceRequestsPart } from './parts/service-requests.js';
import { surveysPart } from './parts/surveys.js';
import { staffSchedulesPart } from './parts/staff-schedules.js';
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
  requestCategoriesPart,
  staffSchedulesPart,
  serviceRequestsPart,
  returnVisitsPart,
  answersPart,
  surveysPart,
];
