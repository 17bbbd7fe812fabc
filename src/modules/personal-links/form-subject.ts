export type PersonalForm = 'word' | 'picture' | 'reopening' | 'request';

/** Names a form behind a personal link for its nonce. */
export const formSubject = (linkId: string, form: PersonalForm): string => `${form}:${linkId}`;
