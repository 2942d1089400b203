import { z } from 'zod';
import { REFERENCE_KINDS, type Reference } from '../gateway/references';
import { boundedList } from './bounded-list';
import { call } from './method';

const id = z.int().min(1);
const thing = { kind: z.enum(REFERENCE_KINDS), owner: z.string().max(200).nullable() };
const longestId = 1_000;

/** An id of the one org and what the other calls it. */
export interface PartnerView extends Reference {
  /** Null: nobody has said. */
  partner: string | null;
  /** Names of badges that carry it, the first few. */
  badges: readonly string[];
  /** How many do; 0: no badge here names it any more, and it is only kept. */
  count: number;
}

/** What an org has, so far as its badges were pulled: what partners are chosen from. */
export interface KnownReference extends Reference {
  badges: readonly string[];
}

/** How badges go from one org to another. */
export interface PromotionView {
  /** The orgs that badges can come from. */
  sources: readonly {
    id: number;
    name: string;
    /** Badges that came from there go with the ids of this org. */
    isUsed: boolean;
    /** They are held until what they name is told, though nobody said that badges come from there. */
    isApart: boolean;
    /** A person said so; else it is so because of what the orgs are, or it is not so. */
    isSaid: boolean;
    /** Where badges could come from several, they come from this one. */
    isChosen: boolean;
  }[];
  /** The one that is looked at; null: there is no other org. */
  from: number | null;
  /** Drafts here that came from it. */
  badges: number;
  references: readonly PartnerView[];
  known: readonly KnownReference[];
}

export const promotionMethods = {
  /** What badges that come from another org name of it, and what this org calls that; nothing is sent. */
  'sync.promotion': call<PromotionView>()(() => z.object({ connectionId: id, from: id.nullable() })),
  /**
   * Says what an org calls things of the org that badges come from, and that they come from there. `here` is the id that
   * the drafts carry, `there` the one of this org; null: nobody knows any more.
   */
  'sync.keepPartners': call<PromotionView>()(() =>
    z.object({
      connectionId: id,
      from: id,
      partners: boundedList(
        z.object({ ...thing, here: z.string().max(longestId), there: z.string().max(longestId).nullable() }),
        10_000,
        'lists.fields',
      ),
      /**
       * `first`: where nobody has chosen an org that badges come from, it is this one now; `always`: it is this one from now on; `never`: who was
       * chosen stays, and nobody where nobody was.
       */
      chooses: z.enum(['first', 'always', 'never']).default('first'),
    }),
  ),
  /** Says of which org the ids are that drafts carry; they are read as its from then on, wherever the badges go. */
  'sync.setHome': call<null>()(() =>
    z.object({ badgeIds: boundedList(z.string().min(1).max(64), 100_000, 'lists.badges').min(1), home: id }),
  ),
  /** Forgets that badges come from there, and all partners. */
  'sync.stopPromoting': call<PromotionView>()(() => z.object({ connectionId: id, from: id })),
};
