/** What notifications tell. A kind, once written, lives for ever; its sentence is `notifications.kind.<kind>`. */
export const notificationKinds = [
  'followUpAssigned',
  'followUpTaken',
  'digestSent',
  'bulkChangeDone',
  'bulkChangeFailed',
  'customersReceived',
] as const;

export type NotificationKind = (typeof notificationKinds)[number];
