import { Failure } from '../../../../shared/ipc/errors';
import { isThisMachine } from '../../../../shared/ipc/this-machine';
import { message, type Message } from '../../../../shared/words/message';

/**
 * The origin of an org as it is stored: scheme, host and port. Credentials travel in headers, so plain http is allowed
 * to this machine only.
 *
 * @throws Failure `invalid-input`
 */
export function readBaseUrl(text: string): string {
  const refuse = (why: Message): never => {
    throw new Failure('invalid-input', message('connections.badAddress', { why }));
  };
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return refuse(message('connections.noWebAddress'));
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse(message('connections.noHttps'));
  if (url.username !== '' || url.password !== '') return refuse(message('connections.credentialsInAddress'));
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    return refuse(message('connections.httpElsewhere'));
  }
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return refuse(message('connections.pathInAddress'));
  }
  return url.origin;
}
