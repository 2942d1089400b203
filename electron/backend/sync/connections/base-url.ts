import { Failure } from '../../../../shared/ipc/errors';

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The origin of an org as it is stored: scheme, host and port. Credentials travel in headers, so plain http is allowed
 * to this machine only.
 *
 * @throws Failure `invalid-input`
 */
export function readBaseUrl(text: string): string {
  const refuse = (why: string): never => {
    throw new Failure('invalid-input', `${why} Write it like https://eu.api.example.com. Nothing was saved or sent.`);
  };
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return refuse('The address of the org is not a web address.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse('The address of the org has to begin with https://.');
  if (url.username !== '' || url.password !== '')
    return refuse('Credentials do not belong into the address: enter them below.');
  if (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname)) {
    return refuse(
      'Only an org on this machine may be reached by http: elsewhere it would show the password to everybody on the way.',
    );
  }
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return refuse('The address of the org ends after its host and port; Laurel adds the rest.');
  }
  return url.origin;
}
