/** Stands between words that cross the border together; none of them may hold it. */
export const BETWEEN = '\x1f';
