import type { Catalogue } from '../message';

export const components: Catalogue['components'] = {};
