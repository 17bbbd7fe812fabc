/** The address of the list; those of a segment begin with it. */
export const segmentsPath = '/segments';
