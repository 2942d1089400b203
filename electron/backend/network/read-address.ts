import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';

/**
 * The address of a gateway as a person types it; https:// is meant where no scheme stands.
 *
 * @throws Failure `invalid-input`
 */
export function readAddress(text: string): URL {
  const given = text.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    throw new Failure('invalid-input', message('network.addressUnreadable'));
  return url;
}
