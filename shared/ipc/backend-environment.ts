/** What main tells the backend through its environment, before the first message. */

/** Names the store's native module where the runtime cannot take the one that ships. */
export const STORE_MODULE = 'LAUREL_STORE_MODULE';

/** Names the process id of main: without main the backend ends. */
export const MAIN_PROCESS = 'LAUREL_MAIN_PROCESS';
