/** Where an exception of a calendar comes from; `own` ones are never overwritten by an import or by a new version. */
export const exceptionOrigins = ['own', 'imported', 'shipped'] as const;
export type ExceptionOrigin = (typeof exceptionOrigins)[number];
