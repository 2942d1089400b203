import { shell } from 'electron';
import { webAddress } from './web-address';

/**
 * The one way out: opens a web address in the person's browser.
 *
 * @returns false, and opens nothing, for whatever is not a plain http(s) address
 */
export async function openExternal(address: string): Promise<boolean> {
  const url = webAddress(address);
  if (url === null) return false;
  await shell.openExternal(url);
  return true;
}
