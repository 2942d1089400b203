/** The longest place that has a field: `customerConstraints[0].value` falls back to `customerConstraints[0]`, then to the list. */
function fieldOf(root: ParentNode, path: string): HTMLElement | null {
  let at = path.replace(/ISO$/, '').replace(/^isActive$/, 'active');
  while (at !== '') {
    const found = root.querySelector<HTMLElement>(`[data-path="${CSS.escape(at)}"]`);
    if (found !== null) return found;
    const cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
    at = cut > 0 ? at.slice(0, cut) : '';
  }
  return null;
}

/** Brings the field of a mistake into view, unfolds what hides it, and puts the cursor there. Answers false when there is none. */
export function revealField(root: ParentNode, path: string): boolean {
  const field = fieldOf(root, path);
  if (field === null) return false;
  for (
    let fold = field.closest('[data-disclosure]');
    fold !== null;
    fold = fold.parentElement?.closest('[data-disclosure]') ?? null
  ) {
    fold.dispatchEvent(new CustomEvent('reveal'));
  }
  // After what was folded has been laid out.
  requestAnimationFrame(() => {
    field.scrollIntoView({ block: 'center' });
    field.querySelector<HTMLElement>('input, textarea, button:not([tabindex="-1"])')?.focus({ preventScroll: true });
  });
  return true;
}
