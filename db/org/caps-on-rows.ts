import type { Cap } from '../../shared/domain/caps';

const UNITS = [null, 'DAYS', 'WEEKS', 'MONTHS'] as const;
const BADGE_LEVEL = 1_000_000;

/** The number under which a refused row keeps the cap it ran into: level, position in the badge's list, rolling unit. */
export function capNumber(cap: Cap): number {
  const unit = UNITS.indexOf(cap.roll?.unit ?? null);
  return (cap.level === 'BADGE' ? BADGE_LEVEL : 0) + cap.index * UNITS.length + unit;
}

/** The cap of that number among those in force. */
export function capOfNumber(caps: readonly Cap[], number: number): Cap | undefined {
  return caps.find((cap) => capNumber(cap) === number);
}
