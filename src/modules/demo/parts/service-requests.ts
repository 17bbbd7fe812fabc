import { createRequests } from '../company/request.js';
import { defaultCalendar } from '../default-calendar.js';
import type { DemoPart } from '../demo-part.js';
import { insertRequests } from '../insert-requests.js';
import { createRandom } from '../random.js';

/** What customers asked for and complained about, what was said and done, and what is still open. */
export const serviceRequestsPart: DemoPart = {
  name: 'service-requests',
  async fill(context, { seed, today, customers, staff }) {
    const calendar = await defaultCalendar(context);
    const requests = createRequests({ seed, today, customers, staff, calendar });
    await insertRequests(context, createRandom(seed, 'service-requests'), requests);
  },
};
