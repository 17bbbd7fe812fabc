/** Names the form of a survey for its nonce. */
export const surveySubject = (surveyId: string): string => `survey:${surveyId}`;

/** What became of an answer: it counts, stands beside the first one, or was there already. */
export const answerResults = ['answer', 'correction', 'again'] as const;
export type AnswerResult = (typeof answerResults)[number];
