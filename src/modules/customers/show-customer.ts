import type { ViewerContext } from '../../core/context.js';
import { page, type Reply } from '../../core/reply.js';
import { can } from '../../core/viewer.js';
import { listPossibleOwners } from '../follow-ups/follow-up-owners.queries.js';
import { listOpenFollowUps } from '../follow-ups/follow-ups.queries.js';
import { listTagNames } from '../tags/tags.queries.js';
import { readCustomerTier } from '../tiers/customer-tier.queries.js';
import { customerShowView } from './customer-show.views.js';
import type { RefusedTag } from './customer-tags.views.js';
import { readTimeline } from './customer-timeline.queries.js';
import { findCustomer } from './customers.queries.js';

export interface ShownRecord {
  /** The timeline from this moment back. */
  readonly before?: Date | undefined;
  /** A tag that could not be added, as it was typed. */
  readonly refusedTag?: RefusedTag;
}

/** The page of a customer's record. @throws NotFound */
export async function showCustomer(
  context: ViewerContext,
  id: string,
  { before, refusedTag }: ShownRecord = {},
): Promise<Reply> {
  const { viewer } = context;
  const [customer, timeline, open, owners, tagNames, tier] = await Promise.all([
    findCustomer(context, id),
    readTimeline(context, id, before),
    listOpenFollowUps(context, id),
    can(viewer, 'follow-ups:manage') ? listPossibleOwners(context, id) : [],
    can(viewer, 'customers:edit') ? listTagNames(context) : [],
    readCustomerTier(context, id),
  ]);
  const surroundings = { timeline, open, owners, tagNames, refusedTag, tier };
  return page('customers/show', customerShowView(context, customer, surroundings), {
    status: refusedTag ? 422 : 200,
  });
}
