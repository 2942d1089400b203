import { ruleError } from '../../domain/codes';
import { refusal, successBare } from '../answer';
import { badgeView } from '../badge-view';
import type { RequestFunction } from '../call';
import { yesOrNo } from '../query-values';

/** Checked, and without effect. */
export const INCLUDE_STATISTICS = yesOrNo('includeStatistics', false);

/** GET /badgeMeta/{badgeId}: counts are answered whether or not statistics are asked for (gateway-api section 2). */
export const badgeById: RequestFunction = (org, call, { now }) => {
  INCLUDE_STATISTICS.of(call.query);
  const badge = org.findBadge(call.path['badgeId'] ?? '');
  if (!badge) return refusal([ruleError(404)], org.settings);
  return successBare(badgeView(org, badge, now, { withCounts: true, withCurrentCycle: true }));
};
