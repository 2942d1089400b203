/** How far a request in a worker is, as the worker and who waits for it agree on it: only one of them takes it from `waiting`. */
export const RUN_STATE = { waiting: 0, working: 1, cancelled: 2 } as const;
