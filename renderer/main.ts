import './lib/schemas-without-eval';
import { mount } from 'svelte';
import App from './App.svelte';
import { words } from './lib/say.svelte';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
await words.follow();
mount(App, { target });
