import { session, type Session } from 'electron';
import type { ProxyAnswer } from '../../shared/ipc/proxy-messages';
import { systemScript } from './system-script';

let asked: Promise<Session> | null = null;

/** A session that loads nothing and is only asked: the window's own is kept off every network (network-silence.ts). */
function systemSession(): Promise<Session> {
  asked ??= (async () => {
    const own = session.fromPartition('system-proxy');
    await own.setProxy({ mode: 'system' });
    return own;
  })();
  return asked;
}

/**
 * How the operating system would reach an origin. Where it names a script, its address is the answer: Chromium resolves
 * no name in this process and could not fetch it, and would go directly then.
 */
export async function systemProxy(origin: string): Promise<ProxyAnswer> {
  const address = await systemScript(process.platform, process.env);
  if (address !== null) return { kind: 'script', address };
  const own = await systemSession();
  return { kind: 'rules', rules: await own.resolveProxy(origin) };
}
