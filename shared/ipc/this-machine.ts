/**
 * Whether a host is this machine itself, by its address: `localhost`, 127.0.0.0/8 or ::1. Names below `localhost` are
 * asked of a resolver like any other, so that nobody can say where they lead.
 *
 * @param hostname as `URL` has it, in small letters and with its numbers in the usual form
 */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
