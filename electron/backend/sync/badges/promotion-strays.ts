import type { StoredConnection } from '../../../../db/workspace/connections';
import { keepHomeless, keepPromotion, keptHomeless, keptPromotion } from '../../../../db/workspace/kept-promotion';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import { referenceKey, referencesOf, referringParts, type Reference } from '../../../../shared/gateway/references';
import type { SyncContext } from '../context';
import { rawLinesOf } from './lines';
import { Routes } from './promotion-routes';

/** What each draft that a connection has to do with names of an org, by the key of the draft. */
function* referencesByDraft(context: SyncContext, org: StoredConnection): Generator<[number, Reference[]]> {
  for (const { badgeKey, badgeId, draftMeaning } of rawLinesOf(context, org)) {
    if (badgeKey === null || badgeId === null || draftMeaning === null) continue;
    const { claims } = context.workspace.drafts.get(badgeId);
    yield [badgeKey, referencesOf(referringParts(fromMeaningText(draftMeaning)), claims)];
  }
}

/**
 * Before the way from a source to other orgs is given up: what drafts carry of its ids stays noted as such, so that none is ever
 * sent as it is. What is called the same there is no stray.
 *
 * @param targets the orgs that it leads to now, or that lead to it
 */
export function noteStrays(context: SyncContext, source: StoredConnection, targets: readonly StoredConnection[]): void {
  const { workspace } = context;
  const { settings } = workspace;
  const routes = new Routes(workspace, true);
  for (const org of targets) {
    if (org.key === source.key) continue;
    const kept = keptPromotion(settings, org.key);
    const strays = { ...kept.strays };
    for (const [badgeKey, references] of referencesByDraft(context, org)) {
      if (!routes.mayCarry(badgeKey, source, org)) continue;
      const terms = routes.termsOf(badgeKey, org);
      const isSame = (reference: Reference): boolean =>
        terms !== null && terms !== 'several' && terms.translation.of(reference) === reference.id;
      const left = references.filter((reference) => !isSame(reference)).map(referenceKey);
      if (left.length > 0) strays[String(badgeKey)] = [...new Set([...(strays[String(badgeKey)] ?? []), ...left])];
    }
    keepPromotion(settings, org.key, { ...kept, strays });
  }
}

/**
 * Before no connection leads to an org any more: what drafts carry of its ids stays noted for orgs that are connected later. What a
 * draft carried of one that went before it stays noted as of that. A practice org validates nothing, and its ids are anybody's.
 */
export function noteHomeless(context: SyncContext, org: StoredConnection): void {
  const { kind, baseUrl } = org;
  if (kind === 'practice') return;
  const { settings } = context.workspace;
  const routes = new Routes(context.workspace, true);
  const homeless = { ...keptHomeless(settings) };
  for (const [badgeKey, references] of referencesByDraft(context, org)) {
    const homes = routes.homesOf(badgeKey);
    if (!homes.some(({ key }) => key === org.key)) continue;
    const ids = references.map(referenceKey);
    const isKnown = homeless[String(badgeKey)]?.ids.some((id) => ids.includes(id)) ?? false;
    if (ids.length === 0 || isKnown) continue;
    const others = homes.filter(({ key }) => key !== org.key).map((each) => each.baseUrl);
    homeless[String(badgeKey)] = { ids, homes: [baseUrl, ...others], kind };
  }
  keepHomeless(settings, homeless);
}

/** An id that a draft does not carry any more is no stray: whoever writes it again means it. */
export function settleStrays(context: SyncContext, org: StoredConnection): void {
  const { settings } = context.workspace;
  const kept = keptPromotion(settings, org.key);
  if (Object.keys(kept.strays).length === 0) return;
  const carried = new Map(referencesByDraft(context, org));
  const strays = Object.fromEntries(
    Object.entries(kept.strays).flatMap(([badgeKey, keys]) => {
      const references = carried.get(Number(badgeKey));
      // Not to be read, or deleted, which can be taken back.
      if (references === undefined) return [[badgeKey, keys]];
      const now = new Set(references.map(referenceKey));
      const left = keys.filter((key) => now.has(key));
      return left.length === 0 ? [] : [[badgeKey, left]];
    }),
  );
  keepPromotion(settings, org.key, { ...kept, strays });
}
