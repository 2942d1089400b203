import { readBadge } from '../../../shared/domain/read-badge';
import { limitInWords } from '../../../shared/domain/limit-words';
import { pathText, withValueAt, type JsonObject } from '../../lib/body-path';
import { snapshot } from '../../lib/snapshot.svelte';
import { words } from '../../lib/say.svelte';
import type { LimitsHolder } from '../../limits/limits-holder';
import type { BadgeDraft } from './scenario-draft';
import type { ScenarioForm } from './scenario-form.svelte';

/** Each limit of a badge in one line, as everywhere in the window; null where the badge cannot be read. */
export function limitsInWords(body: JsonObject): string[] | null {
  const { definition } = readBadge(snapshot(body));
  if (definition === null) return null;
  const { speaker } = words;
  return (['CUSTOMER', 'BADGE'] as const).flatMap((level) =>
    definition[level === 'CUSTOMER' ? 'customerConstraints' : 'badgeConstraints']
      .filter(({ kind }) => kind !== 'NO_LIMIT')
      .map((limit) => limitInWords(speaker, limit, level)),
  );
}

/** The limits of a scenario's badge as they are edited; its mistakes are those that the scenario's check found. */
export function limitsOf(form: ScenarioForm, badge: BadgeDraft, place: string): LimitsHolder {
  return {
    get body() {
      return badge.badge;
    },
    set: (path, value) => {
      badge.badge = withValueAt(badge.badge, path, value) as Record<string, unknown>;
    },
    notesAt: (...paths) => paths.flatMap((path) => form.notes(`${place}${pathText(path)}`).errors),
    warningsAt: (...paths) => paths.flatMap((path) => form.notes(`${place}${pathText(path)}`).warnings),
  };
}
