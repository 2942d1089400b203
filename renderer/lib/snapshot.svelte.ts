/** A plain copy of what may hold `$state` proxies, which cannot be cloned to another process. */
export function snapshot<T>(value: T): T {
  return $state.snapshot(value) as T;
}
