export const cannedAnswersPath = '/canned-answers';

/** Answers at once, and the longest values in characters. */
export const cannedAnswerLimits = { answers: 500, name: 80, shortcut: 20, body: 4_000 } as const;
