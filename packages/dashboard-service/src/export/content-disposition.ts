/**
 * `Content-Disposition` of a download (RFC 6266, RFC 8187). The name is rebuilt from a title: what could steer
 * a path, a header or a terminal is gone, and the plain form is ASCII alone.
 */
export function contentDisposition(title: string, extension: string): string {
  const name = fileName(title);
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 ._-]/g, '')
    .trim();
  return `attachment; filename="${plain || 'export'}.${extension}"; filename*=UTF-8''${encode(`${name || 'export'}.${extension}`)}`;
}

function fileName(title: string): string {
  return title
    .normalize('NFC')
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}"*/:<>?\\|;%]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.\s]+/, '')
    .slice(0, 80)
    .toWellFormed()
    .replace(/(?<![.\s\uFFFD])[.\s\uFFFD]+$/, '');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
