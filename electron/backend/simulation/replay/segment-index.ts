import { NO_SEGMENT } from '../../../../shared/simulation/replay-source';
import { TextIndex } from '../../tables/text-index';

/** As many as fit the numbers that segments are kept as, beside the one for none. */
export const MOST_SEGMENTS = NO_SEGMENT;

/** Names of segments to numbers 0, 1, 2 … in the order of their first appearance. */
export class SegmentIndex extends TextIndex {
  constructor() {
    super(MOST_SEGMENTS, 0xffff_ffff);
  }
}
