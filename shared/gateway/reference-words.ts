import type { Reference, ReferenceKind } from './references';
import { message, type Message } from '../words/message';

const KINDS = {
  couponSeries: 'promote.couponSeries',
  program: 'promote.program',
  promotion: 'promote.promotion',
  allocationStrategy: 'promote.allocationStrategy',
  expirationStrategy: 'promote.expirationStrategy',
  till: 'promote.till',
} as const satisfies Record<Exclude<ReferenceKind, 'claim'>, string>;

/** A thing of an org in words: `coupon series 55`. */
export function referenceMessage({ kind, owner, id }: Reference): Message {
  if (kind === 'claim') return message('promote.claim', { owner: (owner ?? '').replaceAll('_', ' '), id });
  return message(KINDS[kind], { id });
}
