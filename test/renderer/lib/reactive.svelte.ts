/** A value as a component's state holds it: deeply wrapped in Svelte's proxies. */
export function reactive<T>(value: T): T {
  const state = $state(value);
  return state;
}
