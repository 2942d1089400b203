import { keysOf, readerOf } from './read-back';

/** Where the customers of a request came from, of the English text that is kept; null: the name of a file. */
export const readSource = readerOf(keysOf('sources'));
