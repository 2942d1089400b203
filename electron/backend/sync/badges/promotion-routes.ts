import type { StoredConnection } from '../../../../db/workspace/connections';
import { keepPromotion, keptPromotion, type Promotion } from '../../../../db/workspace/kept-promotion';
import { Translation } from '../../../../shared/gateway/references';
import type { SyncContext } from '../context';

type Workspace = Pick<SyncContext['workspace'], 'connections' | 'settings' | 'sync'>;

/** How the ids that a draft carries become those of another org. */
export interface Terms {
  /** The org whose ids the draft carries. */
  home: StoredConnection;
  /** `there`: it is promoted from its home to the org; `back`: its home is the org that takes badges from this one. */
  direction: 'there' | 'back';
  /** From the draft's ids to those of the org. */
  translation: Translation;
  /** From the org's ids to those of the draft. */
  back: Translation;
}

/** `several`: nobody can tell of which org the ids are; null: they are those of the org itself, or no other's. */
export type TermsOrDoubt = Terms | 'several' | null;

/** Which orgs take badges from which, and so of which org the ids are that a draft carries. */
export class Routes {
  readonly #workspace: Workspace;
  readonly #connections: readonly StoredConnection[];
  readonly #promotions = new Map<number, Promotion>();
  /** All ties of a connection, where many drafts are asked about. */
  readonly #tied: Map<number, ReadonlySet<number>> | null;
  readonly #terms = new Map<string, Terms>();

  constructor(workspace: Workspace, isForMany: boolean) {
    this.#workspace = workspace;
    this.#tied = isForMany ? new Map() : null;
    this.#connections = workspace.connections.list();
  }

  /** Whether a target takes badges from a source: a person said so, or one is a test org and the other production. */
  leads(source: StoredConnection, target: StoredConnection): boolean {
    if (source.key === target.key) return false;
    if (this.#isSaid(source, target)) return true;
    return source.kind === 'test' && target.kind === 'production' && !this.#isSaid(target, source);
  }

  /**
   * Whether two orgs have nothing to do with each other, as far as anybody said: two test orgs, or two of production. Their ids are
   * as different as those of a test org and production; an address is one org, whoever connects to it.
   */
  areApart(one: StoredConnection, other: StoredConnection): boolean {
    return (
      one.kind === other.kind &&
      one.kind !== 'practice' &&
      one.baseUrl !== other.baseUrl &&
      !this.leads(one, other) &&
      !this.leads(other, one)
    );
  }

  /** How a draft's ids become those of an org. */
  termsOf(badgeKey: number, org: StoredConnection): TermsOrDoubt {
    if (!this.#concerns(org)) return null;
    const homes = this.#homesOf(badgeKey, null);
    if (homes.some(({ key }) => key === org.key)) return null;
    const reached = homes.filter((home) => this.leads(home, org) || this.leads(org, home));
    const [first, ...more] = reached;
    if (first === undefined) {
      // By a chain of orgs: from where it came nothing leads here, and where it is beside does.
      const isLed = this.#connections.some((each) => this.leads(each, org) && this.#isTied(each.key, badgeKey));
      const asked = isLed ? homes : homes.filter((home) => this.areApart(home, org));
      if (asked.length === 0) return isLed ? 'several' : null;
      return asked.length === 1 ? this.between(asked[0]!, org) : 'several';
    }
    if (more.length === 0) return this.between(first, org);
    const chosen = reached.find(({ key }) => key === this.#promotionOf(org).from);
    return chosen ? this.between(chosen, org) : 'several';
  }

  /** The orgs whose ids a draft may carry: more than one where nobody can tell; none: it came from nowhere. */
  homesOf(badgeKey: number): readonly StoredConnection[] {
    return this.#homesOf(badgeKey, null);
  }

  /** The orgs whose ids a draft may be said to carry, where its place in an org asks for that at all. */
  among(badgeKey: number, org: StoredConnection): readonly StoredConnection[] {
    if (!this.#concerns(org)) return [];
    const homes = this.#homesOf(badgeKey, null);
    return this.#connections.filter((each) => each.key === org.key || homes.includes(each) || this.#asks(each, org));
  }

  /** Whether a draft carries the ids of an org itself, and of no other that may be meant. */
  carries(badgeKey: number, org: StoredConnection): boolean {
    const homes = this.#homesOf(badgeKey, null);
    return homes.length === 1 && homes[0]?.key === org.key;
  }

  /** Whether a draft would go with the ids of a source, were it the source that a target takes it from. */
  comesFrom(badgeKey: number, source: StoredConnection, target: StoredConnection): boolean {
    if (this.#promotionOf(target).own.includes(badgeKey)) return false;
    return this.leads(source, target)
      ? this.#homesOf(badgeKey, target.key).some(({ key }) => key === source.key)
      : this.#homesOf(badgeKey, null).some(({ key }) => key === source.key);
  }

  /** Whether a draft carries, or may carry, the ids of a source where it goes to an org. */
  mayCarry(badgeKey: number, source: StoredConnection, org: StoredConnection): boolean {
    const terms = this.termsOf(badgeKey, org);
    if (terms === 'several') return this.#homesOf(badgeKey, null).some(({ key }) => key === source.key);
    return terms?.home.key === source.key;
  }

  /**
   * Before a draft that came from an org is tied to a badge of one that leads there, or has nothing to do with it: its ids stay
   * those of where it came from.
   */
  noteTie(badgeKey: number, org: StoredConnection): void {
    const keeps = (each: StoredConnection): boolean => this.leads(org, each) || this.areApart(org, each);
    if (!this.#connections.some(keeps)) return;
    const [home] = this.#homesOf(badgeKey, org.key).filter(keeps);
    if (!home) return;
    const kept = this.#promotionOf(home);
    if (kept.own.includes(badgeKey)) return;
    const next = { ...kept, own: [...kept.own, badgeKey] };
    keepPromotion(this.#workspace.settings, home.key, next);
    this.#promotions.set(home.key, next);
  }

  /** @param without a connection whose tie does not count */
  #homesOf(badgeKey: number, without: number | null): StoredConnection[] {
    const noted = this.#connections.filter((each) => this.#promotionOf(each).own.includes(badgeKey));
    if (noted.length > 0) return noted.filter(({ key }) => key !== without);
    const tied = this.#connections.filter(({ key }) => key !== without && this.#isTied(key, badgeKey));
    return tied.filter((each) => !tied.some((other) => this.leads(other, each)));
  }

  /** Whether anybody has said what one org calls things of the other. */
  hasTable(one: StoredConnection, other: StoredConnection): boolean {
    const has = (source: StoredConnection, target: StoredConnection): boolean =>
      Object.hasOwn(this.#promotionOf(target).tables, String(source.key));
    return has(one, other) || has(other, one);
  }

  /** How ids of one org become those of another. */
  between(home: StoredConnection, org: StoredConnection): Terms {
    const name = `${String(home.key)} ${String(org.key)}`;
    const known = this.#terms.get(name);
    if (known) return known;
    const direction = this.leads(org, home) ? 'back' : 'there';
    const [source, target] = direction === 'there' ? [home, org] : [org, home];
    const table = this.#promotionOf(target).tables[String(source.key)] ?? [];
    const [there, back] = [new Translation(table, 'there'), new Translation(table, 'back')];
    const terms: Terms =
      direction === 'there'
        ? { home, direction, translation: there, back }
        : { home, direction, translation: back, back: there };
    this.#terms.set(name, terms);
    return terms;
  }

  #isSaid({ key }: StoredConnection, target: StoredConnection): boolean {
    const { from, tables } = this.#promotionOf(target);
    return from === key || Object.hasOwn(tables, String(key));
  }

  /** Whether ids of one of them are asked about before the other gets them. */
  #asks(one: StoredConnection, other: StoredConnection): boolean {
    return this.leads(one, other) || this.leads(other, one) || this.areApart(one, other);
  }

  #concerns(org: StoredConnection): boolean {
    return this.#connections.some((other) => this.#asks(other, org));
  }

  #promotionOf({ key }: StoredConnection): Promotion {
    let promotion = this.#promotions.get(key);
    if (promotion === undefined) {
      promotion = keptPromotion(this.#workspace.settings, key);
      this.#promotions.set(key, promotion);
    }
    return promotion;
  }

  #isTied(connectionKey: number, badgeKey: number): boolean {
    if (this.#tied === null) return this.#workspace.sync.find(connectionKey, badgeKey) !== undefined;
    let tied = this.#tied.get(connectionKey);
    if (tied === undefined) {
      tied = this.#workspace.sync.tiedIn(connectionKey);
      this.#tied.set(connectionKey, tied);
    }
    return tied.has(badgeKey);
  }
}

/** A text that changes when anybody says anew what things are called in another org. */
export function partnersMark({ connections, settings }: Pick<Workspace, 'connections' | 'settings'>): string {
  const all = connections.list().map(({ key, kind }) => {
    const { from, tables, said } = keptPromotion(settings, key);
    return [key, kind, from, tables, said];
  });
  return JSON.stringify(all);
}

/** Ties drafts to live badges of their name; those that came from an org that this one leads to keep their ids. */
export function tieByName(workspace: Workspace, org: StoredConnection): void {
  const routes = new Routes(workspace, true);
  const before = workspace.sync.tiedIn(org.key);
  workspace.sync.linkByName(org.key);
  for (const badgeKey of workspace.sync.tiedIn(org.key)) if (!before.has(badgeKey)) routes.noteTie(badgeKey, org);
}
