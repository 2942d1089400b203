import type { Page } from './page';
import type { Content } from './content';

export const content: Content = {
  pages: Object.values(import.meta.glob<Page>('../../docs/handbook/de/*.md', { eager: true, import: 'default' })),
  pictures: import.meta.glob<string>('../../docs/handbook/pictures/de/*', {
    eager: true,
    query: '?url',
    import: 'default',
  }),
};
