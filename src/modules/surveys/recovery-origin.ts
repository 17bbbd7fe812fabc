const prefix = 'recovery:';

/** What a recovery request was opened for: one survey, once. */
export const recoveryOrigin = (surveyId: string): string => `${prefix}${surveyId}`;

/** The survey that a request recovers from; undefined for requests of another origin. */
export const recoveredSurveyId = (origin: string | null): string | undefined =>
  origin?.startsWith(prefix) ? origin.slice(prefix.length) : undefined;
