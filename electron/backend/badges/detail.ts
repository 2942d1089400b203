import type { Draft } from '../../../db/workspace/drafts';
import type { DraftLine } from '../../../db/workspace/draft-list';
import { uncappedWarnings } from '../../../shared/domain/lint-badge';
import type { BadgeDetail, BadgeSummary } from '../../../shared/ipc/badges-contract';
import type { BackendContext, BadgeCounts, OrgView } from '../context';
import { factsOf } from './badge-facts';
import { keptTrigger } from './kept-trigger';

/** How drafts are shown to the page: list lines with their counts, and one badge with everything about it. */
export class BadgeViews {
  readonly #context: BackendContext;
  readonly #org: OrgView;

  constructor(context: BackendContext, org: OrgView) {
    this.#context = context;
    this.#org = org;
  }

  /** Lines with their counts from the org; only these badges are counted. */
  summaries(lines: readonly DraftLine[]): BadgeSummary[] {
    const counts = this.#org.countsByBadge(lines.map(({ id }) => id));
    return lines.map((line) => summaryOf(line, counts.get(line.id)));
  }

  /** A line with what a table shows besides. */
  withFacts(line: BadgeSummary): BadgeSummary {
    const draft = this.#context.workspace.drafts.find(line.id);
    return draft === undefined ? line : { ...line, facts: factsOf(draft) };
  }

  detail(draft: Draft): BadgeDetail {
    const { workspace, now } = this.#context;
    const inspection = workspace.drafts.inspect(draft);
    const { undo, redo } = workspace.history.neighbours(draft);
    const line = workspace.list.line(draft.key, now());
    const enrolledUntil = this.#org.enrolledUntil(draft.id);
    const { zone } = this.#context.settings();
    const uncapped = inspection.definition === null ? [] : uncappedWarnings(inspection.definition, enrolledUntil, zone);
    if (!line) throw new Error(`Draft ${draft.id} has no line in the list.`);
    return {
      id: draft.id,
      body: draft.body,
      migration: draft.migration,
      startSetOn: draft.startSetOn,
      revision: draft.revision,
      art: draft.art,
      canUndo: undo !== null,
      canRedo: redo !== null,
      problems: inspection.issues.map(({ code, message, reference, path, advice }) => ({
        code,
        message,
        reference,
        path,
        advice,
      })),
      trigger: keptTrigger(workspace.settings, draft.id),
      enrolledUntil,
      warnings: [...inspection.warnings, ...uncapped].map(({ code, message, path }) => ({ code, message, path })),
      claims: draft.claims
        .filter(({ isActive }) => isActive)
        .map(({ ownerType, referenceId }) => ({ ownerType, referenceId })),
      summary: {
        ...summaryOf(line, this.#org.countsByBadge([draft.id]).get(draft.id)),
        facts: factsOf(draft),
      },
    };
  }
}

function summaryOf({ pushed, ...line }: DraftLine, counts: BadgeCounts | undefined): BadgeSummary {
  return {
    ...line,
    state: pushed ? 'pushed' : 'draft',
    issuedCount: counts?.issuedCount ?? 0,
    earnedCount: counts?.earnedCount ?? 0,
  };
}
