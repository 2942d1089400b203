/**
 * Gives property tests their random inputs: the same ones every time, so that a change that passed once passes again;
 * others with LAUREL_SEED (docs/decisions/0006).
 */
import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    propertySeed: number;
  }
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: inject('propertySeed') });
