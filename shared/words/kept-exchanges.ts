import { readerOf } from './read-back';

/** What stands in the ledger in the place of a secret, of the English text that is kept. */
export const readKeptOut = readerOf(['activity.addedWhenSent', 'activity.notKept', 'activity.keyNotKept']);
