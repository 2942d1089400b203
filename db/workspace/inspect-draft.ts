import type { BadgeDefinition, OwnerType } from '../../shared/domain/badge';
import type { BadgeIssue, BadgeWarning } from '../../shared/domain/body-reader';
import { claimedOwnerIssues } from '../../shared/domain/claimed-owners';
import { inspectBody } from '../../shared/domain/inspect-body';
import type { Instant } from '../../shared/domain/instant';
import { jsonMistakeInWords, readJson } from '../../shared/domain/json';
import type { OrgSettings } from '../../shared/domain/settings';
import { message } from '../../shared/words/message';
import { outlineOf } from './outline';

/** What of a draft its rules depend on. */
export interface InspectedDraft {
  /** The create body as JSON text; may be anything. */
  body: string;
  migration: boolean;
  startSetOn: Instant;
  /** Owner kinds with an active claim. */
  claimedBy: readonly OwnerType[];
}

/** A draft judged by the rules of the create call: all mistakes at once, and the badge it describes, if it does. */
export interface DraftInspection {
  definition: BadgeDefinition | null;
  issues: readonly BadgeIssue[];
  warnings: readonly BadgeWarning[];
}

/**
 * Judges a draft (semantics L4–L7, K1, and K5 for its claims). A start in the past is judged as of the instant at which
 * the start was set, because a draft that was right when it was written must not break by waiting.
 *
 * @param nameTaken whether another draft has exactly this name (725)
 */
export function inspectDraft(
  draft: InspectedDraft,
  settings: Pick<OrgSettings, 'zone' | 'allowPastStart'>,
  nameTaken: (name: string) => boolean,
): DraftInspection {
  const { body, owners } = outlineOf(draft.body);
  if (body === undefined) return { definition: null, issues: [notJson(draft.body)], warnings: [] };
  const { definition, issues, warnings } = inspectBody(body, {
    now: draft.startSetOn,
    settings,
    migration: draft.migration,
    nameTaken,
  });
  return { definition, issues: [...issues, ...claimedOwnerIssues(owners, draft.claimedBy)], warnings };
}

function notJson(text: string): BadgeIssue {
  const reading = readJson(text);
  return {
    code: 400,
    message: `JSON parse error: ${reading.ok ? 'the text is not JSON' : jsonMistakeInWords(reading.mistake)}`,
    reference: null,
    path: '',
    advice: message('refusals.mendJson'),
    stage: 'unreadable',
  };
}
