import { createTheme, Modal, type MantineColorsTuple } from '@mantine/core';
import type { FocusEvent } from 'react';

/** Ten steps of one neutral grey: panels carry no blue and no warmth (LOOK 1). */
const NEUTRAL: MantineColorsTuple = [
  '#dcdcdc',
  '#c4c4c4',
  '#a8a8a8',
  '#8a8a8a',
  '#6c6c6c',
  '#464646',
  '#242424',
  '#161616',
  '#101010',
  '#0a0a0a',
];
const ACCENT: MantineColorsTuple = [
  '#e6eef7',
  '#cddff0',
  '#b3cde8',
  '#9dc3ea',
  '#8ab4e0',
  '#5f92c6',
  '#3f76ad',
  '#34669a',
  '#2c5a88',
  '#1f4468',
];

/** The one theme file; the values that change with the light are CSS variables in `tokens.css`. */
/**
 * Focus stays where the reader put it. The dialog's own trap moves it to `[data-autofocus]` only in a timer, when keys may
 * already have been typed into `autoFocus` or another field; so the mark goes where the focus is.
 */
function keepFocus({ currentTarget, target }: FocusEvent<HTMLElement>): void {
  for (const marked of currentTarget.querySelectorAll('[data-autofocus]')) marked.removeAttribute('data-autofocus');
  target.setAttribute('data-autofocus', '');
}

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 8,
  colors: { dark: NEUTRAL, accent: ACCENT },
  fontFamily: 'var(--font)',
  fontSizes: {
    xs: 'var(--type-small)',
    sm: 'var(--type-small)',
    md: 'var(--type-body)',
    lg: 'var(--type-body)',
    xl: 'var(--type-title)',
  },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  spacing: {
    xs: 'var(--space-2)',
    sm: 'var(--space-3)',
    md: 'var(--space-4)',
    lg: 'var(--space-6)',
    xl: 'var(--space-6)',
  },
  defaultRadius: 'var(--radius)',
  focusRing: 'auto',
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        onFocusCapture: keepFocus,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.7, color: '#000' },
        transitionProps: { duration: 0 },
        padding: 'md',
      },
      styles: {
        content: { border: '1px solid var(--line)' },
        title: { fontSize: 'var(--type-title)', fontWeight: 600 },
      },
    }),
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    InputWrapper: {
      styles: { error: { fontSize: 'var(--type-small)' }, description: { fontSize: 'var(--type-small)' } },
    },
    TextInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'md' } },
  },
});
