export const badges = {} as const;
