import { shell } from 'electron';

/**
 * The one way out: opens a web address in the person's browser.
 *
 * @returns false, and opens nothing, for whatever is not a plain http(s) address
 */
export async function openExternal(address: string): Promise<boolean> {
  const url = webAddress(address);
  if (!url) return false;
  await shell.openExternal(url);
  return true;
}

/** The address in its normal form; null when it is no http(s) address, or carries a name and password. */
export function webAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}
