import type { backend } from '../../lib/backend';

/** The way to the backend. The state classes take it as a value, so that tests can stand a real wire on other ground. */
export type Door = typeof backend;
