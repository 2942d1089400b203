import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import type { FrozenPlan, FrozenRequest } from './plan';

/** Plans kept; an older one has to be made again. */
const MOST_PLANS = 50;

/** The pushes that the window has planned and not sent yet, by their ids. */
export class KeptPlans {
  readonly #plans = new Map<string, FrozenPlan>();

  keep(plan: FrozenPlan): void {
    this.#plans.set(plan.planId, plan);
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= MOST_PLANS) break;
      this.#plans.delete(oldest);
    }
  }

  /** @throws Failure `not-found` */
  get(planId: string): FrozenPlan {
    const plan = this.#plans.get(planId);
    if (plan) return plan;
    throw new Failure('not-found', message('sync.planGone'));
  }

  /** Requests of a plan for sending them: the same bytes must not leave twice, whoever asks for it. @throws Failure `not-found` */
  take(planId: string, keys: readonly string[]): readonly FrozenRequest[] {
    const plan = this.get(planId);
    this.#plans.set(planId, { ...plan, requests: plan.requests.filter(({ key }) => !keys.includes(key)) });
    return plan.requests.filter(({ key }) => keys.includes(key));
  }
}
