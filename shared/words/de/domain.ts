import type { Catalogue } from '../message';

export const domain: Catalogue['domain'] = {};
