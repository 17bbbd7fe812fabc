/** How two requests belong together; all but the first are said of the later one. */
export const relationKinds = ['related', 'splitFrom', 'followsUp', 'recovers'] as const;
export type RelationKind = (typeof relationKinds)[number];

/** Those that people choose by hand; the others are written with what they tell of. */
export const chosenKinds = ['related', 'followsUp'] as const;
