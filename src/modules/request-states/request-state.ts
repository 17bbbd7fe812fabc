import type { Permission } from '../../core/permissions.js';

/** What a state means for deadlines and lists: worked on, waiting for the customer with the clock stopped, over. */
export const stateCategories = ['open', 'waiting', 'done'] as const;
export type StateCategory = (typeof stateCategories)[number];

/** The colours of labels, in the order in which they are offered. */
export const stateColors = ['secondary', 'blue', 'green', 'yellow', 'red'] as const;
export type StateColor = (typeof stateColors)[number];

/** What a step from one state to another can ask for; the last three are only asked of complaints. */
export const requiredFields = [
  'reason',
  'assignee',
  'category',
  'resolution',
  'cause',
  'responsibility',
  'remedy',
] as const;
export type RequiredField = (typeof requiredFields)[number];

/** The permissions that a step can ask for. */
export const transitionPermissions = [
  'service-requests:work',
  'service-requests:assign',
  'service-requests:close',
  'service-requests:reopen',
  'service-requests:supervise',
] as const satisfies readonly Permission[];
export type TransitionPermission = (typeof transitionPermissions)[number];

/** States at once, and the longest name in characters. */
export const requestStateLimits = { states: 20, name: 40 } as const;
