import type { Theme } from '../view-model.ts';

/** The built-in light theme. */
export const lightTheme: Theme = {
  oid: '5ee0a1b2c3d4e5f600000001',
  name: 'Vitrine Light',
  mode: 'light',
  colors: {
    background: '#f7f8fa',
    surface: '#ffffff',
    border: '#e3e6eb',
    text: '#171c26',
    textMuted: '#5d6675',
    accent: '#4353d6',
    onAccent: '#ffffff',
    positive: '#14794a',
    negative: '#c2323d',
    grid: '#eceef2',
  },
  palette: [
    '#455ee4',
    '#059487',
    '#d06100',
    '#c23d72',
    '#2f8fd0',
    '#86931c',
    '#8b5cd6',
    '#d1553f',
    '#687385',
    '#a5672c',
  ],
  typography: {
    fontFamily: 'Inter, system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif',
    fontSizePx: 14,
  },
  radiusPx: 10,
};
