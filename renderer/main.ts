import './lib/schemas-without-eval';
import { mount } from 'svelte';
import App from './App.svelte';
import { locale } from './lib/locale.svelte';
import { words } from './lib/say.svelte';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
await words.follow();
addEventListener('storage', () => {
  locale.readAgain();
  void words.follow();
});
mount(App, { target });
