/** What notifications tell. A kind, once written, lives for ever; its sentence is `notifications.kind.<kind>`. */
export const notificationKinds = [
  'followUpAssigned',
  'followUpTaken',
  'digestSent',
  'bulkChangeDone',
  'bulkChangeFailed',
  'customersReceived',
  'customersRecycled',
  'poolWarning',
  'handoverDone',
  'handoverFailed',
  'collaboratorAdded',
  'undoDone',
  'undoFailed',
  'lowEvaluation',
  'requestAssigned',
  'requestsPassedOn',
  'firstResponseDueSoon',
  'firstResponseMissed',
  'updateDueSoon',
  'updateMissed',
  'resolutionDueSoon',
  'resolutionMissed',
] as const;

export type NotificationKind = (typeof notificationKinds)[number];
