import '../../../renderer/lib/backend';
import { domPort } from '../../../renderer/lib/dom-port';
import { PAGE_MESSAGES } from '../../../shared/ipc/channel-names';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import type { NativeApi } from '../../../shared/ipc/native';
import { serve } from '../../../shared/ipc/serve';
import { saidFailure } from '../../ipc/said-failure';

/** Answers the calls of the page over the real wire; a call that no handler is given for is refused. */
export function answerPage(handlers: Partial<Handlers>): void {
  const { port1, port2 } = new MessageChannel();
  const refusals = Object.keys(contract).map((name) => {
    const refuse = (): never => {
      throw saidFailure('internal', `Nobody asks ${name}.`);
    };
    return [name, refuse] as const;
  });
  const all = { ...Object.fromEntries(refusals), ...handlers } as unknown as Handlers;
  serve(all, contract, domPort(port2), { warn: console.warn, error: console.error });
  window.postMessage(PAGE_MESSAGES.port, window.location.origin, [port1]);
}

/** What main answers the page, as far as a test needs it. */
export function standInForMain(native: Partial<NativeApi>): void {
  Object.assign(window, { laurel: native });
}
