/** Tells the probes of a mutation run, here and in every process that a test starts, which test is running. */
import fc from 'fast-check';
import { afterEach, beforeEach } from 'vitest';

const names = globalThis as { __laurelTest?: string };

function name(test: string): void {
  names.__laurelTest = test;
  process.env['LAUREL_MUTATION_TEST'] = test;
}

if (process.env['LAUREL_MUTATION_PROBES'] !== undefined) {
  // What runs outside of every test (imports, hooks of the whole file) is reached by all tests of the file.
  const file = (globalThis as { __vitest_worker__?: { filepath?: string } }).__vitest_worker__?.filepath ?? '';
  name(`file:${file}`);
  beforeEach(({ task }) => {
    name(task.id);
  });
  afterEach(() => {
    name(`file:${file}`);
  });
}

// That a mutant is noticed is all that is asked: looking for the smallest case would cost more than finding one.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
