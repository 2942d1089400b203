/**
 * Gives `vi.waitFor` more patience than its second, for which it knows no setting: what a test waits for comes when the
 * machine gets to it, and beside other work that may take longer.
 */
import { vi } from 'vitest';

const waitFor = vi.waitFor.bind(vi);
vi.waitFor = (callback, options) =>
  waitFor(callback, { timeout: 15_000, ...(typeof options === 'number' ? { timeout: options } : options) });
