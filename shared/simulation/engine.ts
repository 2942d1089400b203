/**
 * Version of the engine. A result names it, because only the same scenario, seed and engine give the same bytes: it
 * rises with every change that moves a number (docs/decisions/0020-same-bytes-everywhere.md).
 */
export const ENGINE_VERSION = '1.0.0';
