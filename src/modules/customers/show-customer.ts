import type { ViewerContext } from '../../core/context.js';
import { page, type Reply } from '../../core/reply.js';
import { can } from '../../core/viewer.js';
import { listPossibleOwners } from '../follow-ups/follow-up-owners.queries.js';
import { listOpenFollowUps } from '../follow-ups/follow-ups.queries.js';
import { listTagNames } from '../tags/tags.queries.js';
import { readCustomerTier } from '../tiers/customer-tier.queries.js';
import { listActivePeople } from './collaborators.queries.js';
import { customerShowView } from './customer-show.views.js';
import { readTimeline } from './customer-timeline.queries.js';
import { findCustomer } from './customers.queries.js';
import type { RefusedForms } from './refused-form.js';

export interface ShownRecord {
  /** The timeline from this moment back. */
  readonly before?: Date | undefined;
  /** Of the small forms on the page those that could not be taken. */
  readonly refused?: RefusedForms;
}

/** The page of a customer's record. @throws NotFound */
export async function showCustomer(
  context: ViewerContext,
  id: string,
  { before, refused = {} }: ShownRecord = {},
): Promise<Reply> {
  const { viewer } = context;
  const [customer, timeline, open, owners, tagNames, tier, people] = await Promise.all([
    findCustomer(context, id),
    readTimeline(context, id, before),
    listOpenFollowUps(context, id),
    can(viewer, 'follow-ups:manage') ? listPossibleOwners(context, id) : [],
    can(viewer, 'customers:edit') ? listTagNames(context) : [],
    readCustomerTier(context, id),
    can(viewer, 'customers:edit') ? listActivePeople(context) : [],
  ]);
  const surroundings = { timeline, open, owners, tagNames, tier, people, refused };
  return page('customers/show', customerShowView(context, customer, surroundings), {
    status: Object.keys(refused).length > 0 ? 422 : 200,
  });
}
