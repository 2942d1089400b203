import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Milliseconds. */
const PATIENCE = 3_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The address of the proxy script that the operating system is set to; null: it is set to none. */
export async function systemScript(platform: NodeJS.Platform, environment: Environment): Promise<string | null> {
  try {
    if (platform === 'win32')
      return scriptOfWindows(await output('reg', ['query', WINDOWS_KEY, '/v', 'AutoConfigURL']));
    if (platform === 'darwin') return scriptOfMac(await output('scutil', ['--proxy']));
    return await scriptOfLinux(environment);
  } catch {
    return null;
  }
}

const WINDOWS_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

async function output(program: string, args: readonly string[]): Promise<string> {
  return (await run(program, args, { timeout: PATIENCE, windowsHide: true })).stdout;
}

/** @param text what `reg query` prints */
export function scriptOfWindows(text: string): string | null {
  return /AutoConfigURL\s+REG_(?:EXPAND_)?SZ\s+(\S+)/.exec(text)?.[1] ?? null;
}

/** @param text what `scutil --proxy` prints */
export function scriptOfMac(text: string): string | null {
  if (!/ProxyAutoConfigEnable\s*:\s*1/.test(text)) return null;
  return /ProxyAutoConfigURLString\s*:\s*(\S+)/.exec(text)?.[1] ?? null;
}

/** @param text of KDE's `kioslaverc` */
export function scriptOfKde(text: string): string | null {
  const section = /^\[Proxy Settings\]\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  if (!/^ProxyType=2\s*$/m.test(section)) return null;
  return /^Proxy Config Script=(\S+)/m.exec(section)?.[1] ?? null;
}

/** As Chromium looks for it: the desktop's settings, and without a desktop the variable that Chromium knows. */
async function scriptOfLinux(environment: Environment): Promise<string | null> {
  const desktop = environment['XDG_CURRENT_DESKTOP'] ?? '';
  if (/KDE/i.test(desktop)) {
    const folder = environment['XDG_CONFIG_HOME'] ?? path.join(environment['HOME'] ?? '/', '.config');
    return scriptOfKde(await readFile(path.join(folder, 'kioslaverc'), 'utf8'));
  }
  if (desktop !== '') {
    const mode = await output('gsettings', ['get', 'org.gnome.system.proxy', 'mode']);
    if (mode.trim() !== "'auto'") return null;
    const address = await output('gsettings', ['get', 'org.gnome.system.proxy', 'autoconfig-url']);
    return /^'(.+)'$/.exec(address.trim())?.[1] ?? null;
  }
  return environment['auto_proxy'] ?? null;
}
