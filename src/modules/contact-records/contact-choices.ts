/** The values that the database allows; their labels are `contactRecords.channel.<value>` and so on. */
export const contactChannels = ['phone', 'wechat', 'sms', 'email', 'in_person', 'online', 'other'] as const;
export const contactDirections = ['out', 'in'] as const;
export const contactOutcomes = [
  'reached',
  'not_reached',
  'message_left',
  'appointment_made',
  'not_interested',
  'other',
] as const;

export type ContactChannel = (typeof contactChannels)[number];
export type ContactDirection = (typeof contactDirections)[number];
export type ContactOutcome = (typeof contactOutcomes)[number];

/** Longest values, in characters. */
export const contactRecordLimits = { summary: 4_000 } as const;
