import type { ExchangeFault } from './exchange';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';

/** What went wrong on the way, completing "… ", with what a person can do. `detail` comes from the runtime, never from the org. */
export function faultInWords(fault: ExchangeFault, detail: MessagePart, host: string): Message {
  switch (fault) {
    case 'name-not-found':
      return message('org.nameNotFound', { host });
    case 'refused':
      return message('org.nothingAnswers', { host });
    case 'unreachable':
      return message('org.unreachable', { host });
    case 'proxy':
      return message('org.proxyInTheWay', { host, detail });
    case 'network':
      return message('org.noWayTo', { host, detail });
    case 'certificate':
      return message('org.certificate', { host, detail });
    case 'timeout':
      return message('org.timeout', { host, detail });
    case 'reset':
      return message('org.reset', { host, detail });
    case 'cut':
      return message('org.cut', { host });
    case 'too-large':
      return message('org.tooLarge', { host, size: inMegabytes(Number(detail)) });
    case 'unreadable':
      return message('org.notAnAnswer', { host, detail });
    case 'unsendable':
      return message('org.unsendable', { host, detail });
    case 'cancelled':
      return message('org.cancelledOnTheWay');
  }
}

function inMegabytes(bytes: number): string {
  return `${String(Math.round(bytes / 1024 / 1024))} MB`;
}
