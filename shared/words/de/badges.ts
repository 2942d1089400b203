import type { Catalogue } from '../message';

export const badges: Catalogue['badges'] = {};
