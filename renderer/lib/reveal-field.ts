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

/**
 * Brings a field into view, unfolds what hides it, and puts the cursor there. Answers false when there is none.
 *
 * @param overtype selects what stands there, so that typing replaces it
 */
export function revealField(root: ParentNode, path: string, overtype = false): boolean {
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
    const control = field.querySelector<HTMLElement>('input, textarea, button:not([tabindex="-1"])');
    control?.focus({ preventScroll: true });
    if (overtype && (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) control.select();
  });
  return true;
}
