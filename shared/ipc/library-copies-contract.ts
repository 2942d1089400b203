import { z } from 'zod';
import type { MeaningField } from '../gateway/meaning';
import type { Message } from '../words/message';
import { call } from './method';
import { askedScenario } from './simulation-contract';

const badgeId = z.string().min(1).max(64);

/** What a live org would refuse, were the badge's draft pushed with this value. */
export interface UpdateRefusal {
  /** Name of the connection. */
  org: string;
  code: number;
  message: string;
  advice: Message;
}

/** A field of which the badge in the scenario says something else than the library's. */
export interface CopyDifference {
  field: MeaningField;
  label: Message;
  library: Message;
  here: Message;
  /** Empty: the library's draft may take it over. */
  refusals: readonly UpdateRefusal[];
}

/** A badge of a scenario beside the library's badge that it is a copy of. */
export interface LibraryCopy {
  id: string;
  /** As it is called in the library. */
  name: string;
  revision: number;
  /** The scenario says which badge it copied; false: the two have only their name in common. */
  linked: boolean;
  /** The library's badge was saved again since it was copied. */
  moved: boolean;
  /** In the order of a comparison; null where one of the two cannot be read as a badge. */
  differences: readonly CopyDifference[] | null;
}

export const libraryCopiesMethods = {
  /** For each badge of a scenario the library's badge behind it; null where there is none. */
  'simulation.libraryCopies': call<{ copies: readonly (LibraryCopy | null)[] }>()(() => askedScenario),
  /**
   * Brings what a scenario's badge says otherwise into the library's draft, as one step of its history. Fields that a
   * live org would refuse stay as they are in the library, and are named. `conflict`: the draft was saved meanwhile.
   */
  'simulation.useInBadge': call<{
    name: string;
    revision: number;
    taken: readonly Message[];
    left: readonly Pick<CopyDifference, 'label' | 'refusals'>[];
    /** Rules that the draft breaks now. */
    problems: number;
  }>()(() =>
    z.object({ scenario: askedScenario, badge: z.int().min(0).max(10_000), id: badgeId, baseRevision: z.int().min(1) }),
  ),
};
