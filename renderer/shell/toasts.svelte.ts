import type { ToastItem } from '../components/toast-item';
import { failureSentence, isCancelled } from '../lib/failure-wording';

const SHOWN_FOR = 7_000;

/** Short messages at the window's corner. They go by themselves, unless someone is on them or they tell of a failure. */
class Toasts {
  items = $state.raw<readonly ToastItem[]>([]);
  #held = false;
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(toast: Omit<ToastItem, 'id'>): number {
    const id = this.#next++;
    this.items = [...this.items.slice(-3), { ...toast, id }];
    if (toast.tone !== 'error') this.#count(id);
    return id;
  }

  info(message: string, action?: ToastItem['action']): number {
    return this.show({ tone: 'info', message, action });
  }

  success(message: string, action?: ToastItem['action']): number {
    return this.show({ tone: 'success', message, action });
  }

  /** Tells of a failure in its own words; a cancellation needs none. */
  failure(error: unknown): void {
    if (!isCancelled(error)) this.show({ tone: 'error', message: failureSentence(error) });
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.items = this.items.filter((item) => item.id !== id);
  }

  clear(): void {
    for (const { id } of this.items) this.dismiss(id);
  }

  hold(held: boolean): void {
    this.#held = held;
    for (const item of this.items) {
      if (item.tone === 'error') continue;
      if (held) clearTimeout(this.#timers.get(item.id));
      else this.#count(item.id);
    }
  }

  #count(id: number): void {
    if (this.#held) return;
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_FOR),
    );
  }
}

export const toasts = new Toasts();
