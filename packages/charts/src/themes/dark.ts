import type { Theme } from '../view-model.ts';
import { lightTheme } from './light.ts';

/** The built-in dark theme: the light one's hues, lifted and calmed for a dark surface. */
export const darkTheme: Theme = {
  oid: '5ee0a1b2c3d4e5f600000002',
  name: 'Vitrine Dark',
  mode: 'dark',
  colors: {
    background: '#0d1017',
    surface: '#151a23',
    border: '#272e3a',
    text: '#e8ebf1',
    textMuted: '#98a2b3',
    accent: '#8f9cff',
    onAccent: '#0d1017',
    positive: '#4cc38a',
    negative: '#ff7b80',
    grid: '#212835',
  },
  palette: [
    '#6777dd',
    '#2db9a5',
    '#f0a13c',
    '#ec7599',
    '#57b0e8',
    '#bfd15d',
    '#ad92fe',
    '#ef8068',
    '#8e9aae',
    '#c98f55',
  ],
  typography: lightTheme.typography,
  radiusPx: 10,
};
