import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { parseRoute, routeHash } from './parse-route.ts';
import { kidOf, tokenInPath, tokenInState } from './take-token.ts';

const dashboard = '65f0a1b2c3d4e5f6a7b8c9d0';
const widget = '65f0a1b2c3d4e5f6a7b8c9d1';
const shown = { header: true, toolbar: true, left: true, right: true };
const hidden = { header: false, toolbar: false, left: false, right: false };

function parse(url: string) {
  const { pathname, search, hash } = new URL(url, 'https://vitrine.test');
  return parseRoute({ pathname, search, hash });
}

describe('parseRoute', () => {
  it.each([
    `/wat/a.b.c.d.e/app/main#/dashboards/${dashboard}`,
    `/wat/a.b.c.d.e/app/main/dashboards/${dashboard}`,
    `/wat/a.b.c.d.e/app/main/#/dashboards/${dashboard}/`,
    `/embed/65f0a1b2c3d4e5f6a7b8c9d0#/dashboards/${dashboard}`,
  ])(verifies('LNK-1', 'finds the dashboard in %s'), (url) => {
    expect(parse(url)).toEqual({ dashboard, embedded: false, panes: shown });
  });

  it.each([
    `/wat/a.b.c.d.e/app/main#/dashboards/${dashboard}/widgets/${widget}`,
    `/wat/a.b.c.d.e/app/main/dashboards/${dashboard}/widgets/${widget}`,
  ])(verifies('LNK-1', 'finds the widget in %s'), (url) => {
    expect(parse(url)).toMatchObject({ dashboard, widget });
  });

  it(verifies('LNK-2', 'hides every pane when embedded and shows them all without'), () => {
    expect(parse(`/wat/t/app/main#/dashboards/${dashboard}?embed=true`).panes).toEqual(hidden);
    expect(parse(`/wat/t/app/main#/dashboards/${dashboard}`).panes).toEqual(shown);
  });

  it(verifies('LNK-2', 'shows and hides single panes, and takes the theme'), () => {
    const route = parse(
      `/wat/t/app/main#/dashboards/${dashboard}?embed=true&l=true&t=1&r=false&theme=abc&volatile`,
    );
    expect(route.panes).toEqual({ header: false, toolbar: true, left: true, right: false });
    expect(route.theme).toBe('abc');
    expect(parse('/wat/t/app/main#/?h=false').panes.header).toBe(false);
  });

  it(verifies('LNK-2', 'reads parameters before and behind the hash, the latter winning'), () => {
    const route = parse(`/wat/t/app/main?embed=true&l=false#/dashboards/${dashboard}?l=true`);
    expect(route.embedded).toBe(true);
    expect(route.panes.left).toBe(true);
    expect(parse(`/wat/t/app/main/dashboards/${dashboard}?embed=true`).embedded).toBe(true);
  });

  it('has no dashboard for other addresses, however broken', () => {
    for (const url of ['/wat/t/app/main', '/embed/x#/admin', '/wat/t/app/main#/dashboards/']) {
      expect(parse(url).dashboard).toBeUndefined();
    }
    expect(parse('/wat/t/app/main#/dashboards/%E0%A4%A').dashboard).toBe('%E0%A4%A');
  });

  it('writes a hash that reads back as the same route', () => {
    const source = { search: '?embed=true', hash: '#/dashboards/x?l=true&theme=q' };
    const hash = routeHash({ dashboard, widget }, source);
    expect(parse(`/embed/kid${hash}`)).toEqual({
      dashboard,
      widget,
      embedded: true,
      panes: { ...hidden, left: true },
      theme: 'q',
    });
  });
});

describe('the token of a link', () => {
  it(verifies('LNK-1', 'is the segment between /wat/ and /app/main'), () => {
    expect(tokenInPath('/wat/a.b.c.d.e/app/main')).toBe('a.b.c.d.e');
    expect(tokenInPath('/wat/a.b.c.d.e/app/main/dashboards/1')).toBe('a.b.c.d.e');
    expect(tokenInPath('/wat/a/b/app/main')).toBeUndefined();
    expect(tokenInPath('/embed/65f0a1b2c3d4e5f6a7b8c9d0')).toBeUndefined();
  });

  it('names its configuration, or zeros where it cannot', () => {
    const header = btoa(JSON.stringify({ kid: dashboard })).replace(/=+$/, '');
    expect(kidOf(`${header}.b.c.d.e`)).toBe(dashboard);
    for (const broken of ['', 'x.y', `${btoa('{"kid":"../admin"}')}.b`, `${btoa('null')}.b`]) {
      expect(kidOf(broken)).toBe('000000000000000000000000');
    }
  });

  it('is read from history state and from nothing else', () => {
    expect(tokenInState({ wat: 'a.b' })).toBe('a.b');
    for (const state of [null, undefined, 'a.b', { wat: 5 }, {}]) {
      expect(tokenInState(state)).toBeUndefined();
    }
  });
});
