/**
 * Content security policy of the viewer's page. No inline script, no eval, no inline style sheet: styles are
 * constructed sheets and properties set through the object model, which no directive forbids.
 */
const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'lit-html',
};

/** The policy for a page that these origins may frame; none may where the list is empty. */
export function pagePolicy(origins: readonly string[]): string {
  const ancestors = origins.filter(isSource);
  return Object.entries({
    ...directives,
    'frame-ancestors': ancestors.length > 0 ? ancestors.join(' ') : "'none'",
  })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** Scheme, host (a leading `*.` allowed) and port: anything else could end the directive. */
function isSource(origin: string): boolean {
  return /^https?:\/\/(?:\*\.)?[A-Za-z0-9.-]+(?::\d{1,5})?$|^https?:\/\/\[[0-9A-Fa-f:]+\](?::\d{1,5})?$/.test(
    origin,
  );
}
