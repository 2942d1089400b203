import type { Catalogue } from '../message';

export const shell: Catalogue['shell'] = {};
