/** What requests of a type have besides any request: cause and remedy, a window and attempts, what they make good. */
export const requestBehaviours = ['plain', 'complaint', 'returnVisit', 'recovery'] as const;
export type RequestBehaviour = (typeof requestBehaviours)[number];

/** From low to urgent. */
export const requestPriorities = [1, 2, 3, 4] as const;
export type RequestPriority = (typeof requestPriorities)[number];

/** Types at once, and the longest name in characters. */
export const requestTypeLimits = { types: 50, name: 40 } as const;
