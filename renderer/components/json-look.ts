import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor stands in a shadow root, which tokens reach but our style sheets do not: its look is written here, in tokens. */
export const jsonTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--text)', fontSize: 'var(--size-2)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text-strong)', padding: '8px 0' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-cursor': { borderLeftColor: 'var(--text-strong)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text-faint)',
    border: 'none',
    paddingLeft: '4px',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in oklch, var(--text) 4%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklch, var(--accent) 24%, transparent)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--accent-line)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error)',
    textUnderlineOffset: '3px',
  },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: '3px solid var(--error)', fontFamily: 'var(--font)' },
  '.cm-tooltip': {
    border: 'none',
    borderRadius: 'var(--radius-2)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text-strong)',
    boxShadow: 'var(--shadow-2)',
  },
  '.cm-foldPlaceholder': {
    padding: '0 4px',
    border: 'none',
    borderRadius: 'var(--radius-1)',
    backgroundColor: 'var(--surface-pressed)',
    color: 'var(--text-soft)',
  },
});

export const jsonHighlight = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-key)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--code-word)' },
  { tag: [tags.separator, tags.bracket, tags.punctuation], color: 'var(--text-soft)' },
]);
