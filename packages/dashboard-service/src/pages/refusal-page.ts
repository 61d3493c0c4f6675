const sentences = {
  links_not_allowed: {
    title: 'This link cannot be opened',
    text: 'Dashboards of this provider open inside its own pages only. Ask whoever sent you the link.',
  },
} as const;

/** A page for a person, in place of the viewer. Its text is fixed; nothing of the request is in it. */
export function refusalPage(code: keyof typeof sentences): string {
  const { title, text } = sentences[code];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p><p><small>${code}</small></p></main></body>
</html>
`;
}
