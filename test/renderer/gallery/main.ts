import { mount } from 'svelte';
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import Gallery from './Gallery.svelte';
import { groups } from './groups';
import { speak } from './speak';

const target = document.getElementById('gallery');
if (target === null) throw new Error('index.html has no #gallery');
const asked = new URLSearchParams(location.search);
const language = asked.get('language') === 'de' ? 'de' : 'en';
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
await speak(language);
mount(Gallery, { target, props: { first: asked.get('group') ?? Object.keys(groups)[0] ?? '', language, theme } });
