/** Woken wherever capacity becomes free; comes every five minutes by itself, and so when shifts begin and absences end. */
export const assignmentQueue = 'assignment';
