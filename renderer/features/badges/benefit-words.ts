import type { BenefitField } from '../../../shared/domain/bulk-lists';
import { say } from '../../lib/say.svelte';

const LABELS = {
  seriesId: 'badges.seriesId',
  points: 'badges.points',
  programId: 'badges.programId',
  promotionId: 'badges.promotionId',
  allocationStrategyId: 'badges.allocationStrategyId',
  expirationStrategyId: 'badges.expirationStrategyId',
  defaultTillId: 'badges.tillId',
} as const satisfies Record<BenefitField, string>;

/** What a number of a benefit is called. */
export const benefitFieldWord = (field: BenefitField): string => say(LABELS[field]);
