import type { ExchangeFault } from './exchange';

/** What went wrong on the way, completing "… ", with what a person can do. `detail` comes from the runtime, never from the org. */
export function faultInWords(fault: ExchangeFault, detail: string, host: string): string {
  switch (fault) {
    case 'name-not-found':
      return `There is no server called ${host}. Check the address, or the network of this machine.`;
    case 'refused':
      return `${host} is there, but nothing answers on that port. Check the address and port, or start the org.`;
    case 'unreachable':
      return `${host} cannot be reached from this network. Check the network or VPN.`;
    case 'proxy':
      return `The proxy on the way to ${host} is in the way (${detail}).`;
    case 'network':
      return `The settings of the network name no way to ${host} (${detail}).`;
    case 'certificate':
      return `The certificate of ${host} cannot be trusted (${detail}). Nothing was sent; check the address, or ask who runs the org.`;
    case 'timeout':
      return `${host} did not answer in time (${detail}).`;
    case 'reset':
      return `The connection to ${host} broke (${detail}).`;
    case 'cut':
      return `The answer of ${host} broke off in the middle.`;
    case 'too-large':
      return `The answer of ${host} is larger than ${inMegabytes(Number(detail))} and was not read.`;
    case 'unreadable':
      return `What ${host} sent is not an answer of a badge gateway (${detail}).`;
    case 'unsendable':
      return `The request to ${host} cannot be sent as it is (${detail}).`;
    case 'cancelled':
      return 'It was cancelled on the way.';
  }
}

function inMegabytes(bytes: number): string {
  return `${String(Math.round(bytes / 1024 / 1024))} MB`;
}
