import { SECOND, type Instant } from '../../../shared/domain/instant';
import type { BackendContext } from '../context';

/** A fresh id of 24 hex digits: the second of creation, then chance, as the gateway's ids are built. */
export function freshBadgeId({ randomBytes }: Pick<BackendContext, 'randomBytes'>, now: Instant): string {
  const second = Math.floor(now / SECOND) >>> 0;
  return second.toString(16).padStart(8, '0') + Buffer.from(randomBytes(8)).toString('hex');
}
