/** What a request can be late with, in the order in which it is shown. */
export const deadlineKinds = ['firstResponse', 'update', 'resolution'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];
