import { z } from 'zod';

const Profile = z.object({
  id: z.string(),
  customer_no: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'company']),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birth_date: z.string().nullable(),
  birth_calendar: z.enum(['solar', 'lunar']),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  wechat_encrypted: z.string().nullable(),
  address_encrypted: z.string().nullable(),
  city: z.string().nullable(),
  source: z.string().nullable(),
  first_visit_on: z.string().nullable(),
  remark: z.string().nullable(),
  habits: z.string().nullable(),
  preferences: z.string().nullable(),
  needs: z.string().nullable(),
  custom_values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  owner: z.string().nullable(),
  collaborators: z.array(z.string()),
  team: z.string().nullable(),
  branch: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  deleted_at: z.string().nullable(),
});

const ContactPoint = z.object({
  id: z.string(),
  kind: z.enum(['phone', 'email']),
  label: z.enum(['mobile', 'home', 'work', 'other']),
  value_encrypted: z.string(),
});

const Contact = z.object({
  id: z.string(),
  name: z.string(),
  position: z.string().nullable(),
  phone_encrypted: z.string().nullable(),
  email_encrypted: z.string().nullable(),
  is_primary: z.boolean(),
  remark: z.string().nullable(),
});

const Purchase = z.object({
  purchase_no: z.string().nullable(),
  purchased_on: z.string(),
  item: z.string().nullable(),
  quantity: z.number(),
  amount: z.string(),
  staff: z.string().nullable(),
  branch: z.string().nullable(),
  remark: z.string().nullable(),
});

const ContactRecord = z.object({
  happened_at: z.string(),
  channel: z.string(),
  direction: z.string(),
  outcome: z.string(),
  summary: z.string(),
  staff: z.string().nullable(),
});

const FollowUp = z.object({
  due_on: z.string(),
  action: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  reason: z.string().nullable(),
  owner: z.string(),
  finished_at: z.string().nullable(),
});

const Thing = z.object({
  kind: z.string(),
  name: z.string(),
  identifier: z.string().nullable(),
  remark: z.string().nullable(),
  next_due_on: z.string().nullable(),
  services: z.array(
    z.object({
      served_on: z.string(),
      work: z.string(),
      staff: z.string().nullable(),
      remark: z.string().nullable(),
    }),
  ),
});

const ServiceRequest = z.object({
  request_no: z.string(),
  source_no: z.string().nullable(),
  type: z.string(),
  category: z.string().nullable(),
  state: z.string(),
  priority: z.number(),
  channel: z.string(),
  subject: z.string(),
  description: z.string().nullable(),
  place: z.string().nullable(),
  resolution: z.string().nullable(),
  received_at: z.string(),
  closed_at: z.string().nullable(),
  assignee: z.string().nullable(),
  responsibility: z.string().nullable(),
  remedy: z.string().nullable(),
  cost: z.string().nullable(),
  root_cause: z.string().nullable(),
  entries: z.array(
    z.object({
      happened_at: z.string(),
      kind: z.string(),
      body: z.string(),
      /** Null for their own words. */
      author: z.string().nullable(),
    }),
  ),
  states: z.array(z.object({ changed_at: z.string(), state: z.string(), reason: z.string().nullable() })),
  evaluations: z.array(
    z.object({
      answered_at: z.string(),
      service_score: z.number(),
      staff_score: z.number().nullable(),
      comment: z.string().nullable(),
    }),
  ),
});

const Tier = z.object({
  calculated: z.string().nullable(),
  grace_until: z.string().nullable(),
  set_by_hand: z.string().nullable(),
  reason: z.string().nullable(),
  until: z.string().nullable(),
});

const TierChange = z.object({
  at: z.string(),
  actor: z.string(),
  calculated: z.string().nullable(),
  set_by_hand: z.string().nullable(),
  reason: z.string().nullable(),
});

const Attachment = z.object({
  id: z.string(),
  file_name_encrypted: z.string(),
  media_type: z.string(),
  size: z.number(),
  created_at: z.string(),
  /** Null when they sent it themselves. */
  uploaded_by: z.string().nullable(),
});

/** Somebody looked at their data: what they did, as an action of the log. */
const Access = z.object({ at: z.string(), actor: z.string(), action: z.string() });

/** All that is held about a person, as the database has it. Moments are ISO texts, days `yyyy-mm-dd`. */
export const StoredPersonalData = z.object({
  /** The customer first, then whoever was merged into them. */
  profiles: z.array(Profile).min(1),
  custom_fields: z.array(z.object({ key: z.string(), label: z.string() })),
  contact_points: z.array(ContactPoint),
  contacts: z.array(Contact),
  purchases: z.array(Purchase),
  contact_records: z.array(ContactRecord),
  follow_ups: z.array(FollowUp),
  things: z.array(Thing),
  service_requests: z.array(ServiceRequest),
  tags: z.array(z.string()),
  segments: z.array(z.string()),
  tiers: z.array(Tier),
  tier_changes: z.array(TierChange),
  attachments: z.array(Attachment),
  accesses: z.array(Access),
});

export type StoredPersonalData = z.infer<typeof StoredPersonalData>;
