import type { Handlers } from '../../../../shared/ipc/contract';
import { forgetCustomer, lookForCustomer, type ForgetSide } from './forgetting';
import type { RetentionKeeper } from './retention-keeper';

/** Handlers of `forget.*` and `retention.*`. */
export function forgetHandlers(
  side: ForgetSide,
  keeper: RetentionKeeper,
): Pick<Handlers, Extract<keyof Handlers, `forget.${string}` | `retention.${string}`>> {
  return {
    'forget.look': ({ customer }, watch) => lookForCustomer(side, customer, watch),
    'forget.run': ({ customer }, watch) => forgetCustomer(side, customer, watch),
    'retention.get': () => keeper.current,
    'retention.look': (wanted) => keeper.look(wanted),
    'retention.set': (wanted) => keeper.set(wanted),
  };
}
