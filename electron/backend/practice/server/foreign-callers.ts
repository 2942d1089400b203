import { quotedWords } from '../../../../shared/ipc/plain-words';

export const LOOPBACK = '127.0.0.1';
/** Names under which it is served, and no other of this machine: a page may have one of those point here. */
const HOST_NAMES: readonly string[] = [LOOPBACK, 'localhost', '[::1]'];

/** A browser says how the page that calls stands to what it calls; only these two are no other page. */
const OWN_SITES: readonly string[] = ['same-origin', 'none'];

/** Why a request is not let in, whoever its caller says to be. */
export interface ForeignCaller {
  status: 400 | 403;
  message: string;
}

/**
 * Refuses what a web page can make a browser send here: under a name of its own that points to this machine (Host), or
 * from its own address (Origin, Sec-Fetch-Site). Programs send neither of the last two. Where no credentials are asked
 * for this is the only door.
 *
 * @param rawHeaders names and values in turn, as node:http has them: there a second Host is not lost
 * @param port of the server
 */
export function foreignCaller(rawHeaders: readonly string[], port: number): ForeignCaller | null {
  let host: string | null = null;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const value = rawHeaders[index + 1] as string;
    // The lengths are compared first: this runs for each header of each call.
    if (name.length === 4 && name.toLowerCase() === 'host') {
      if (host !== null) return { status: 400, message: 'The request names its Host more than once.' };
      host = value;
    } else if (name.length === 6 && name.toLowerCase() === 'origin') {
      if (!isOurOrigin(value, port)) return foreignPage(`Origin ${quotedWords(value)}`);
    } else if (name.length === 14 && name.toLowerCase() === 'sec-fetch-site') {
      if (!OWN_SITES.includes(value)) return foreignPage(`Sec-Fetch-Site ${quotedWords(value)}`);
    }
  }
  if (host === null) return { status: 400, message: 'The request names no Host.' };
  return isOurHost(host, port) ? null : foreignHost(port);
}

/** What the request is for, if its address names another server than this one. */
export function foreignHost(port: number): ForeignCaller {
  return { status: 403, message: `Only ${LOOPBACK}:${port} and localhost:${port} are served here` };
}

/** Whether a Host header, or the authority of an address, names this server. */
export function isOurHost(host: string, port: number): boolean {
  const colon = host.lastIndexOf(':');
  const hasPort = colon > host.lastIndexOf(']');
  const name = hasPort ? host.slice(0, colon) : host;
  return HOST_NAMES.includes(name.toLowerCase()) && (!hasPort || host.slice(colon + 1) === String(port));
}

function isOurOrigin(origin: string, port: number): boolean {
  const scheme = 'http://';
  if (!origin.startsWith(scheme)) return false;
  const authority = origin.slice(scheme.length);
  // An origin leaves the usual port out, and only that one.
  return isOurHost(authority, port) && (authority.endsWith(`:${port}`) || port === 80);
}

function foreignPage(header: string): ForeignCaller {
  return {
    status: 403,
    message: `A web page of another address sent this (${header}). Programs are served here, pages are not; nothing was done.`,
  };
}
