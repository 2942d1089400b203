import { ENDPOINT_WORDS, type EndpointName } from '../../../../shared/gateway/endpoint-words';
import { say } from '../../../lib/say.svelte';

export const ENDPOINT_NAMES = Object.keys(ENDPOINT_WORDS) as readonly EndpointName[];

/** The words of an endpoint; any other text is answered as it is. */
export function endpointWord(name: string): string {
  return Object.hasOwn(ENDPOINT_WORDS, name) ? say(ENDPOINT_WORDS[name as EndpointName]) : name;
}
