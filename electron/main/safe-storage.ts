import { app, safeStorage } from 'electron';
import type { Keychain } from './secrets';

/* oxlint-disable typescript/no-deprecated -- what replaces these calls is not in the fallback runtime */

/**
 * The operating system's keychain. On Linux without one Electron would seal with a key that everybody knows
 * (`basic_text`): that counts as none.
 */
export const systemKeychain: Keychain = {
  isReal: () =>
    app.isReady() &&
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())),
  seal: (text) => safeStorage.encryptString(text),
  unseal: (sealed) => safeStorage.decryptString(sealed),
};
