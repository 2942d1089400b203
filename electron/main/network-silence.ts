import type { CommandLine, Session, WebContents } from 'electron';
import type { PageAddress } from './page-address';

/**
 * Chromium gets no name resolved and no address either: every connection it makes itself – of a page, of WebRTC over TCP,
 * of a preconnect that no policy covers, of its own services – starts with this look-up, also where an IP address stands.
 * The page's policy and the session's filter stand before it; this is what holds where they do not reach.
 */
const NOTHING_RESOLVES = 'MAP * ~NOTFOUND';

/** Everything Laurel does works without a network, and its window asks for none by itself. Has to run before the app is ready. */
export function keepOffTheNetwork(commandLine: CommandLine, page: PageAddress): void {
  commandLine.appendSwitch('host-resolver-rules', resolverRules(page));
  // A system's proxy would be looked for on the network, and would resolve names for us.
  commandLine.appendSwitch('no-proxy-server');
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('disable-component-update');
  commandLine.appendSwitch('disable-domain-reliability');
  commandLine.appendSwitch('dns-prefetch-disable');
  commandLine.appendSwitch('no-pings');
}

/** The rules of the resolver: nothing but the development server, where there is one. */
export function resolverRules(page: PageAddress): string {
  if (!page.entry.startsWith('http:')) return NOTHING_RESOLVES;
  return `${NOTHING_RESOLVES}, EXCLUDE ${new URL(page.entry).hostname}`;
}

/** WebRTC over UDP asks no resolver and obeys no content security policy: it gets no socket. */
export function keepPeersOff(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Dictionaries would be fetched. */
export function keepDictionariesOff(session: Session): void {
  session.setSpellCheckerEnabled(false);
}
