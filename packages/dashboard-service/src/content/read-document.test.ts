import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { readContentFile } from './read-content-file.ts';
import { readDocument } from './read-document.ts';

const file = (name: string, kind: 'users' | 'dashboards' | 'themes') =>
  ({ kind, name, path: `/content/${name}`, stamp: '1' }) as const;

describe('readDocument', () => {
  it(verifies('VIEW-6', 'gives line and column of what YAML cannot be'), () => {
    const { faults } = readDocument('a: 1\nb: [1, 2\nc: 3\n', 'yaml');
    expect(faults[0]).toMatchObject({ line: 3 });
  });

  it(verifies('VIEW-6', 'refuses a key that stands twice'), () => {
    expect(readDocument('a: 1\na: 2\n', 'yaml').faults[0]).toMatchObject({ line: 2, column: 1 });
  });

  it('takes strict JSON only in a .json file', () => {
    expect(readDocument('{"a": 1}', 'json')).toMatchObject({ value: { a: 1 }, faults: [] });
    expect(readDocument('{\n\t"a": [\n\t\t1\n\t]\n}', 'json')).toMatchObject({
      value: { a: [1] },
      faults: [],
    });
    expect(readDocument('a: 1', 'json').faults).toHaveLength(1);
    expect(readDocument('{"a": 1,}', 'json').faults).toHaveLength(1);
  });

  it(verifies('B-4', 'refuses keys that reach a prototype'), () => {
    const document = readDocument('a: { __proto__: { x: 1 } }', 'yaml');
    expect(document.faults[0]).toMatchObject({ pointer: '/a/__proto__' });
    expect(document.value).toBeUndefined();
  });

  it('refuses an alias bomb', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => [...pair])) {
      bomb.push(`${next}: &${next} [${Array(10).fill(`*${one}`).join(',')}]`);
    }
    expect(readDocument(bomb.join('\n'), 'yaml').faults).toHaveLength(1);
  });
});

describe('readContentFile', () => {
  it(verifies('VIEW-6', 'names file place and reason of each fault'), () => {
    const text = '- id: one\n  name: One\n- id: two\n  naem: Two\n  groups: none\n';
    const { faults } = readContentFile(file('users/u.yaml', 'users'), text);
    expect(faults).toEqual([
      { line: 3, column: 3, pointer: '/1/name', reason: '"name" is missing' },
      { line: 5, column: 3, pointer: '/1/groups', reason: expect.stringContaining('Array') },
      { line: 4, column: 3, pointer: '/1/naem', reason: 'unknown key "naem"' },
    ]);
  });

  it('takes one user or a list of them', () => {
    expect(readContentFile(file('users/u.yaml', 'users'), 'id: a\nname: A').entries).toHaveLength(
      1,
    );
    expect(
      readContentFile(file('users/u.json', 'users'), '[{"id":"a","name":"A"}]').entries,
    ).toHaveLength(1);
    expect(readContentFile(file('themes/t.yaml', 'themes'), '[]').faults).not.toEqual([]);
  });

  it('tells that an oid of digits alone must be quoted', () => {
    const { faults } = readContentFile(
      file('dashboards/d.yaml', 'dashboards'),
      'oid: 650000000000000000000001',
    );
    expect(faults.find(({ pointer }) => pointer === '/oid')).toMatchObject({ line: 1, column: 1 });
  });
});
