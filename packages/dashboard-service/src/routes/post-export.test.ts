import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { filterOn, salesOid, stockOid, widgets } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';
import { unzipText } from '../../test/unzip-text.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const exported = async (body: object, grants: object = {}, oid = salesOid) => {
  const headers = await service.open({ sub: 'acme-reader', grants });
  return service.call(`/api/v1/dashboards/${oid}/export`, headers, body);
};

describe('POST /api/v1/dashboards/<oid>/export', () => {
  it(
    verifies('VIEW-3 DATA-2', 'gives a widget as CSV with the filters and rules of the reader'),
    async () => {
      const filters = [filterOn('[Sales.Region]', { members: ['South'] })];
      const response = await exported({ format: 'csv', widget: widgets.products, filters });
      expect(response.headers.get('content-disposition')).toContain('filename="Products.csv"');
      expect((await response.text()).split('\r\n')).toEqual([
        '\ufeffProduct,Amount'.slice(1),
        'Lamp,40',
        'Table,30',
        '',
      ]);
    },
  );

  it('wants a widget with rows for CSV', async () => {
    for (const body of [{ format: 'csv' }, { format: 'csv', widget: 'cc0000000000000000000005' }]) {
      const response = await exported(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'body_invalid' });
    }
  });

  it(
    verifies('VIEW-3 H-4', 'gives a workbook with a sheet for each widget with rows'),
    async () => {
      const response = await exported({ format: 'xlsx' });
      expect(response.headers.get('content-disposition')).toContain(
        'filename="Sales overview.xlsx"',
      );
      const files = unzipText(Buffer.from(await response.arrayBuffer()));
      expect(
        [...files.keys()].filter((name) => name.startsWith('xl/worksheets/sheet')),
      ).toHaveLength(4);
      expect([...files.values()].join('')).not.toMatch(/Secret|globex/);
    },
  );

  it(
    verifies('VIEW-3 VIEW-5', 'draws in the theme on the screen; an unknown one counts as none'),
    async () => {
      const draw = async (look: object) =>
        Buffer.from(await (await exported({ format: 'png', ...look })).arrayBuffer());
      const [own, light, dark, unknown] = await Promise.all(
        [undefined, '5ee0a1b2c3d4e5f600000001', '5ee0a1b2c3d4e5f600000002', '0'.repeat(24)].map(
          (theme) => draw(theme === undefined ? {} : { theme }),
        ),
      );
      expect(light?.equals(dark ?? Buffer.alloc(0))).toBe(false);
      expect(unknown?.equals(own ?? Buffer.alloc(0))).toBe(true);
      expect((await exported({ format: 'png', language: 'xx-XX' })).status).toBe(400);
    },
  );

  it(verifies('VIEW-3', 'draws members in the colours that they have on the screen'), async () => {
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace('type: column', 'type: pie'),
    );
    await service.refresh();
    const field = '[Sales.Region]|';
    for (const widget of [{}, { widget: widgets.byRegion }]) {
      const draw = async (colors: object) => {
        const response = await exported({ format: 'png', colors, ...widget });
        return Buffer.from(await response.arrayBuffer());
      };
      const [own, same, others] = await Promise.all([
        draw({}),
        draw({ '[Sales.Elsewhere]|': { 'string:North': 3 } }),
        draw({ [field]: { 'string:North': 4, 'string:South': 3 } }),
      ]);
      expect(same.equals(own)).toBe(true);
      expect(others.equals(own)).toBe(false);
    }
    for (const colors of [
      { [field]: { 'string:North': -1 } },
      { [field]: { 'string:North': 'red' } },
      { [field]: Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`string:${at}`, 1])) },
    ]) {
      expect((await exported({ format: 'png', colors })).status).toBe(400);
    }
  });

  it.each([
    ['png', 'image/png', '\x89PNG'],
    ['pdf', 'application/pdf', '%PDF-'],
  ])(
    verifies('VIEW-3', 'gives the dashboard, and one widget, as %s'),
    async (format, type, magic) => {
      for (const body of [
        { format },
        { format, widget: widgets.byRegion },
        { format, widget: 'cc0000000000000000000005' },
      ]) {
        const response = await exported(body);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe(type);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(bytes.toString('latin1').startsWith(magic)).toBe(true);
        expect(bytes.length).toBeGreaterThan(1000);
      }
    },
  );

  it(verifies('H-3', 'fetches nothing that a dashboard names, from network or disk'), async () => {
    let calls = 0;
    const recorder = createServer((socket) => {
      calls += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(recorder, 'listening');
    const { port } = recorder.address() as AddressInfo;
    const places = [
      ...[`http://127.0.0.1:${port}/a.png`, `//127.0.0.1:${port}/b.svg`, 'file:///etc/passwd'],
      'http://169.254.169.254/latest/meta-data/',
    ];
    const text = places
      .flatMap((place) => [
        ...[`![x](${place})`, `<img src="${place}">`, `<image href="${place}"/>`],
        ...[`<style>@import url(${place})</style>`, `<foreignObject><iframe src="${place}"/>`],
        `<?xml-stylesheet href="${place}"?><!DOCTYPE x [<!ENTITY e SYSTEM "${place}">]>&e;`,
      ])
      .join(' ');
    const path = 'dashboards/sales.yaml';
    const before = await readFile(join(service.content.folder, path), 'utf8');
    await service.content.edit(path, (old) =>
      old
        .replace('text: Hello', `text: ${JSON.stringify(text)}`)
        .replace('title: About', `title: ${JSON.stringify(places.join(' '))}`),
    );
    await service.refresh();
    const [secret = ''] = (await readFile('/etc/passwd', 'utf8')).split('\n');
    for (const format of ['pdf', 'png', 'xlsx']) {
      const response = await exported({ format });
      expect(response.status).toBe(200);
      const file = Buffer.from(await response.arrayBuffer()).toString('latin1');
      expect(file).not.toContain(secret);
      expect(file).not.toMatch(/\/Subtype \/(?:Image|Link)|\/URI|\/Launch|\/EmbeddedFile/);
    }
    expect(calls).toBe(0);
    recorder.close();
    await service.content.write(path, before);
    await service.refresh();
  });

  it(verifies('OPS-4', 'says with a code that a text cannot be drawn'), async () => {
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace('title: By region', 'title: ᠮᠣᠩᠭᠣᠯ'),
    );
    await service.refresh();
    const response = await exported({ format: 'png', widget: widgets.byRegion });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'export_failed' });
  });

  it(
    verifies('D-11 TOK-11 EMB-2', 'needs the export ability, and the filter ability for filters'),
    async () => {
      const body = { format: 'csv', widget: widgets.products };
      expect((await exported(body, { prm: ['filter'] })).status).toBe(403);
      expect((await exported(body, { prm: [] })).status).toBe(403);
      expect((await exported(body, { prm: ['export'] })).status).toBe(200);
      const filters = [filterOn('[Sales.Region]', { members: ['South'] })];
      expect((await exported({ ...body, filters }, { prm: ['export'] })).status).toBe(403);
    },
  );

  it(verifies('D-14', 'answers missing, foreign and unshared dashboards alike'), async () => {
    const body = { format: 'csv', widget: widgets.products };
    for (const oid of [stockOid, 'f'.repeat(24), 'x', '..%20']) {
      expect((await exported(body, {}, oid)).status).toBe(404);
    }
  });
});
