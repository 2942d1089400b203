/** Every path of the gateway starts with this (gateway-api section 0). */
export const BASE_PATH = '/api_gateway/v1/badges';
