import { createCare, type DemoContact, type DemoFollowUp } from '../company/care.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';

/** What was said with customers, and what is to be done for them next. */
export const carePart: DemoPart = {
  name: 'care',
  async fill({ tx }, { seed, today, customers }) {
    const care = customers.map((customer, index) => createCare(seed, today, customer, index));
    await insertRows(
      tx,
      'contact_records',
      care.flatMap(({ contacts }) => contacts.map(contactRow)),
    );
    await insertRows(
      tx,
      'follow_ups',
      care.flatMap(({ followUps }) => followUps.map(followUpRow)),
    );
  },
};

const contactRow = ({ id, customer, staff, at, channel, direction, outcome, summary }: DemoContact) => ({
  id,
  customer_id: customer.id,
  staff_id: staff.id,
  happened_at: at.toISOString(),
  channel,
  direction,
  outcome,
  summary,
  version: 1,
  created_at: at.toISOString(),
  updated_at: at.toISOString(),
});

const followUpRow = ({ settledBy, plannedAt, ...followUp }: DemoFollowUp) => ({
  id: followUp.id,
  customer_id: followUp.customer.id,
  owner_id: followUp.owner.id,
  due_on: followUp.dueOn,
  due_minute: followUp.dueMinute,
  action: followUp.action,
  state: settledBy ? 'done' : 'open',
  contact_record_id: settledBy?.id ?? null,
  finished_at: settledBy?.at.toISOString() ?? null,
  finished_by_id: settledBy?.staff.id ?? null,
  version: 1,
  created_at: plannedAt.toISOString(),
  updated_at: (settledBy?.at ?? plannedAt).toISOString(),
});
