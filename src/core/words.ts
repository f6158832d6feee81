/** A name as it stands in a message. What a terminal must not see is made harmless where lines are written. */
export const quoted = (name: string): string => `"${name}"`;
