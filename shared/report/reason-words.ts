import type { LimitType } from '../domain/read-constraints';
import type { MessageKey } from '../words/message';
import type { Speaker } from '../words/speaker';

const CONSTRAINT_KEYS: Readonly<Record<string, MessageKey>> = {
  CUSTOMER_BADGE_FIXED_VALUE: 'simulate.customerInAll',
  CUSTOMER_BADGE_FIXED_WINDOW: 'simulate.customerFixed',
  CUSTOMER_BADGE_ROLLING_WINDOW: 'simulate.customerRolling',
  BADGE_FIXED_VALUE: 'simulate.badgeInAll',
  BADGE_FIXED_WINDOW: 'simulate.badgeFixed',
  BADGE_ROLLING_WINDOW: 'simulate.badgeRolling',
} satisfies Record<LimitType, MessageKey>;
const CODE_KEYS: Readonly<Record<string, MessageKey>> = {
  801: 'simulate.code801',
  810: 'simulate.code810',
  811: 'simulate.code811',
  815: 'simulate.code815',
};

/** What a code alone says, where there are words for it. */
export const codeKey = (code: string): MessageKey | undefined => CODE_KEYS[code];

/** A constraint type or a code in words, a code with its number. */
export function reasonInWords({ sayMessage }: Pick<Speaker, 'sayMessage'>, reason: string): string {
  const constraint = CONSTRAINT_KEYS[reason];
  if (constraint !== undefined) return sayMessage({ key: constraint, values: {} });
  const code = codeKey(reason);
  return code === undefined ? reason : `${sayMessage({ key: code, values: {} })} · ${reason}`;
}
