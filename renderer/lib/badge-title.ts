import { say } from './say.svelte';

/** What a badge is called in lists and headings: its name, or what else it can be told by. */
export function badgeTitle({ name, excerpt }: { name: string; excerpt: string | null }): string {
  if (name.trim() !== '') return name;
  if (excerpt === null) return say('phrases.withoutName');
  return excerpt === '' ? say('phrases.emptyJson') : say('phrases.unfinishedJson', { excerpt });
}
