import type { BadgeOwner } from '../../../../shared/domain/badge';
import { message, type MessagePart } from '../../../../shared/words/message';
import { OWNER_WORDS } from '../../../../shared/domain/owner-words';

/** `Loyalty 626`, as the page calls owners; a kind that is none of the gateway's is named as it is. */
export function ownerInWords({ ownerType, referenceId }: { ownerType: string; referenceId: string }): MessagePart {
  const kind: MessagePart = Object.hasOwn(OWNER_WORDS, ownerType)
    ? message(OWNER_WORDS[ownerType as BadgeOwner])
    : ownerType;
  return referenceId === '' ? kind : message('lookAhead.owner', { kind, referenceId });
}
