export const articlesPath = '/articles';

/** Longest values, in characters: a public article fits into one answer. */
export const articleLimits = { title: 200, body: 10_000 } as const;
