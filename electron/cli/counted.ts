/** `1 badge`, `2 badges`; the plural has an s. */
export const counted = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** The word for one thing, or for none and several. */
export const agreeing = (count: number, one: string, many: string): string => (count === 1 ? one : many);
