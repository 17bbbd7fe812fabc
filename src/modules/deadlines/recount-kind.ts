export const recountTaskKind = 'deadlines.recount';
