import axe from 'axe-core';

/** What axe finds in the page now, in words, one a line; empty: nothing. The page's styles must be in place for its contrast rules. */
export async function accessibilityFaults(): Promise<string> {
  // A colour on its way from one to another is neither.
  const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map(({ finished }) => finished));
  const { violations } = await axe.run(document.body, {
    // A component alone is no page: it has no landmarks and no first heading.
    rules: {
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
      'landmark-one-main': { enabled: false },
    },
  });
  return violations
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`))
    .join('\n');
}
