const STORED = 'laurel.scenario.keys';
/** Badges whose keys are remembered; the longest unused is forgotten. */
const MOST = 500;

function stored(): Map<string, string> {
  try {
    const entries: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return new Map(Array.isArray(entries) ? (entries as [string, string][]) : []);
  } catch {
    return new Map();
  }
}

/**
 * The key under which a badge of the library stood in a scenario before; null for a new one. A key names the draws made
 * for its badge, so that a badge taken out and put in again under another name meets the same luck as before.
 */
export function rememberedKey(badgeId: string): string | null {
  return stored().get(badgeId) ?? null;
}

export function rememberKey(badgeId: string, key: string): void {
  const keys = stored();
  keys.delete(badgeId);
  keys.set(badgeId, key);
  localStorage.setItem(STORED, JSON.stringify([...keys].slice(-MOST)));
}
