import { fromMeaningText, isCurrentMeaning, meaningOfLive, toMeaningText } from '../../shared/gateway/meaning-text';
import { jsonOr } from '../stored-json';

/**
 * What a stored live badge means, in this version's form: worked out anew from its body where a version with other fields
 * wrote the text.
 *
 * @returns null when the body cannot be read as a badge
 */
export function currentMeaning(stored: string | null, body: string): string | null {
  if (stored === null || isCurrentMeaning(stored)) return stored;
  const meaning = meaningOfLive(jsonOr(body, null));
  return meaning && toMeaningText(meaning);
}

/** A stored past as it is, or null when it cannot be read. */
export function readableMeaning(stored: string): string | null {
  if (isCurrentMeaning(stored)) return stored;
  try {
    fromMeaningText(stored);
    return stored;
  } catch {
    return null;
  }
}
