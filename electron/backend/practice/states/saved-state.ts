import type { OrgImage } from '../../../../db/org/org-image';
import type { Instant } from '../../../../shared/domain/instant';
import type { OrgSettings } from '../../../../shared/domain/settings';

/** A practice org at one instant: all it holds, the rules it answers by, and its clock. */
export interface SavedState {
  /** What a person calls it. */
  name: string;
  savedOn: Instant;
  /** Where the clock stands; null: it runs with the machine's. */
  clock: Instant | null;
  settings: Readonly<OrgSettings>;
  org: OrgImage;
}
