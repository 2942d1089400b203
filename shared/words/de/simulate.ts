import type { Catalogue } from '../message';

export const simulate: Catalogue['simulate'] = {};
