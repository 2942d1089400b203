import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { Failure } from '../../../shared/ipc/errors';
import type { networkMethods, NetworkTest, NetworkView } from '../../../shared/ipc/network-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { message } from '../../../shared/words/message';
import type { GrantedFiles } from '../files/granted-files';
import type { SecretKeeper } from '../secrets/secret-keeper';
import { readException } from './bypass';
import { certificateView, idOf } from './certificate-view';
import { readClientCertificate, type GivenFile } from './client-certificate';
import { certificateSecret, loginSecret, type Network } from './network';
import { LARGEST_SCRIPT } from './pac';
import { readAddress } from './read-address';
import { readProxy } from './proxy-address';
import type { StoredNetwork } from './stored-network';
import { traceWay } from './trace';
import { nameIn, readCertificates } from './trust';

export interface NetworkContext {
  network: Network;
  secrets: SecretKeeper;
  files: Pick<GrantedFiles, 'find'>;
  randomBytes(length: number): Uint8Array;
}

/** Bytes; bundles of whole companies stay far below. */
const LARGEST_CERTIFICATES = 4_000_000;

/** Handlers of `network.*`. Secrets pass through to the keeper and are in no answer. */
export function networkHandlers(context: NetworkContext): HandlersOf<typeof networkMethods> {
  const { network, secrets, files, randomBytes } = context;
  const freshId = (): string => Buffer.from(randomBytes(12)).toString('hex');

  const view = async (): Promise<NetworkView> => {
    const { pacFile, proxyLogin, authorities, clientCertificate, ...stored } = network.stored;
    return {
      ...{ mode: stored.mode, pacAddress: stored.pacAddress, proxy: stored.proxy, bypass: stored.bypass },
      pacFile: pacFile?.name ?? null,
      proxyAccount: proxyLogin?.account ?? '',
      proxySecret: proxyLogin === null ? 'missing' : await secrets.placeOf(proxyLogin.secretId),
      systemCertificates: stored.systemCertificates,
      authorities: authorities.map(certificateView),
      clientCertificate:
        clientCertificate === null
          ? null
          : { ...certificateView(clientCertificate), secret: await secrets.placeOf(clientCertificate.secretId) },
      keychain: (await secrets.hasKeychain()) ? 'available' : 'none',
    };
  };

  const read = (token: string, most: number): GivenFile => {
    const { path, name, bytes } = files.find(token, 'read');
    if (bytes > most) throw new Failure('invalid-input', message('network.fileTooLarge', { name }));
    try {
      return { name, content: readRegular(path, most) };
    } catch (error) {
      throw new Failure('invalid-input', message('network.fileUnreadable', { name, reason: causeOf(error) }));
    }
  };

  const readLogin = async (
    given: { user: string; password: string } | null | undefined,
    acceptRisk: boolean,
  ): Promise<StoredNetwork['proxyLogin']> => {
    const before = network.stored.proxyLogin;
    if (given === undefined) return before;
    if (given === null) return null;
    const secretId = freshId();
    await secrets.put(secretId, loginSecret(given), acceptRisk);
    return { account: `${given.user.slice(0, Math.min(6, Math.ceil(given.user.length / 3)))}…`, secretId };
  };

  return {
    'network.get': view,

    'network.update': async ({ pacFile, proxyCredentials, acceptRisk, ...given }) => {
      const before = network.stored;
      const next: StoredNetwork = {
        ...before,
        mode: given.mode ?? before.mode,
        pacAddress: given.pacAddress?.trim() ?? before.pacAddress,
        proxy: given.proxy?.trim() ?? before.proxy,
        bypass: given.bypass?.map((entry) => entry.trim()).filter((entry) => entry !== '') ?? before.bypass,
        systemCertificates: given.systemCertificates ?? before.systemCertificates,
      };
      if (pacFile === null) next.pacFile = null;
      if (typeof pacFile === 'string') {
        const { name, content } = read(pacFile, LARGEST_SCRIPT);
        next.pacFile = { name, text: content.toString('utf8') };
      }
      if (given.bypass !== undefined) requireReadable(next.bypass);
      requireUsable(next);
      next.proxyLogin = await readLogin(proxyCredentials, acceptRisk);
      network.save(next);
      if (before.proxyLogin !== null && before.proxyLogin.secretId !== next.proxyLogin?.secretId)
        await secrets.forget(before.proxyLogin.secretId);
      return view();
    },

    'network.addAuthorities': async ({ file }) => {
      const { name, content } = read(file, LARGEST_CERTIFICATES);
      const found = readCertificates(content);
      if (found.length === 0) throw new Failure('invalid-input', message('network.noCertificates', { name }));
      const over = found.find(({ validTo }) => Date.parse(validTo) < Date.now());
      if (over) {
        const subject = nameIn(over.subject);
        throw new Failure('invalid-input', message('network.authorityExpired', { name, subject }));
      }
      const before = network.stored.authorities;
      const known = new Set(before.map((entry) => certificateView(entry).id));
      const added = found
        .filter((certificate) => !known.has(idOf(certificate)))
        .map((certificate) => ({ pem: certificate.toString(), file: name }));
      network.save({ ...network.stored, authorities: [...before, ...added] });
      return view();
    },

    'network.removeAuthority': ({ id }) => {
      const authorities = network.stored.authorities.filter((entry) => certificateView(entry).id !== id);
      network.save({ ...network.stored, authorities });
      return view();
    },

    'network.setClientCertificate': async ({ file, key, passphrase, acceptRisk }) => {
      const given = read(file, LARGEST_CERTIFICATES);
      const keyFile = key === undefined ? null : read(key, LARGEST_CERTIFICATES);
      const { client, shown } = readClientCertificate(given, keyFile, passphrase);
      const before = network.stored.clientCertificate;
      const secretId = freshId();
      await secrets.put(secretId, certificateSecret(client), acceptRisk);
      const clientCertificate = { pem: shown.toString(), file: given.name, secretId };
      network.save({ ...network.stored, clientCertificate });
      if (before !== null) await secrets.forget(before.secretId);
      return view();
    },

    'network.removeClientCertificate': async () => {
      const before = network.stored.clientCertificate;
      network.save({ ...network.stored, clientCertificate: null });
      if (before !== null) await secrets.forget(before.secretId);
      return view();
    },

    'network.test': ({ address }): Promise<NetworkTest> => traceWay(network, readAddress(address)),
  };
}

/** Refuses what could never work, before anything is saved. @throws Failure `invalid-input` */
/** What was saved before they were looked at stays; it names nothing. @throws Failure `invalid-input` */
function requireReadable(exceptions: readonly string[]): void {
  const unread = exceptions.find((entry) => readException(entry) === null);
  if (unread !== undefined)
    throw new Failure('invalid-input', message('network.exceptionUnreadable', { entry: unread.slice(0, 100) }));
}

function requireUsable({ mode, proxy, pacAddress, pacFile }: StoredNetwork): void {
  if (proxy !== '') {
    const read = readProxy(proxy, proxy);
    if ('hop' in read) throw new Failure('invalid-input', read.said);
    if (read.login !== null) throw new Failure('invalid-input', message('network.proxyLoginInAddress'));
  } else if (mode === 'manual') throw new Failure('invalid-input', message('network.proxyMissing'));
  if (pacAddress !== '' && !/^https?:$/.test(URL.canParse(pacAddress) ? new URL(pacAddress).protocol : ''))
    throw new Failure('invalid-input', message('network.pacAddressUnreadable', { address: pacAddress.slice(0, 200) }));
  if (mode === 'pac' && pacAddress === '' && pacFile === null)
    throw new Failure('invalid-input', message('network.pacMissing'));
}
