/** The displays that `npm test -- e2e` has started, as `:99`; none where the tests use the person's own. */
export const virtualDisplays: readonly string[] = (process.env['LAUREL_TEST_DISPLAYS'] ?? '')
  .split(' ')
  .filter(Boolean);

/** From now on this worker of the runner, and whatever it starts, opens its windows on a display that no other uses. */
export function takeDisplay(): void {
  const place = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0);
  const display = virtualDisplays[place % virtualDisplays.length];
  if (display !== undefined) process.env['DISPLAY'] = display;
}
