import { withTextsWritten } from '../domain/badge-texts';
import { isObject } from '../domain/body-reader';
import { numberText } from '../domain/json';

/**
 * A scenario as it was read from JSON, its texts as texts where numbers stood for them (semantics Q1): owners' reference
 * ids, and the texts of the badge bodies inside. Anything that is no scenario stays as it is.
 */
export function withScenarioTexts(body: unknown): unknown {
  if (!isObject(body) || !Array.isArray(body['badges'])) return body;
  const badges = body['badges'].map((entry: unknown) => {
    if (!isObject(entry)) return entry;
    const { owner, badge } = entry;
    const referenceId = isObject(owner) ? numberText(owner, 'referenceId') : null;
    return {
      ...entry,
      ...(isObject(owner) && referenceId !== null ? { owner: { ...owner, referenceId } } : {}),
      ...(isObject(badge) ? { badge: withTextsWritten(badge) } : {}),
    };
  });
  return { ...body, badges };
}
