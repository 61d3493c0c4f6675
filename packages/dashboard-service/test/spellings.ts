/** The same path to one parser or another; never to ours. */
type Spelling = (path: string) => string;
export const spellings: readonly Spelling[] = [
  ...[
    (path: string) => `/${path}`,
    (path: string) => `//${path}`,
    (path: string) => `/.${path}`,
    (path: string) => `/..${path}`,
  ],
  ...[
    (path: string) => `/%2e${path}`,
    (path: string) => `/%2e%2e${path}`,
    (path: string) => `/%2E.${path}`,
  ],
  ...[
    (path: string) => `/x/..${path}`,
    (path: string) => `/x/%2e%2e${path}`,
    (path: string) => `/wat/x/../..${path}`,
  ],
  ...[
    (path: string) => `/wat/a.b.c.d.e/..${path}`,
    (path: string) => `/wat/a.b.c.d.e/app/main/../../../..${path}`,
  ],
  ...[
    (path: string) => `/x;/..${path}`,
    (path: string) => `/;${path}`,
    (path: string) => `${path};`,
    (path: string) => `${path};x=y`,
  ],
  ...[
    (path: string) => `${path}/`,
    (path: string) => `${path}//`,
    (path: string) => `${path}/.`,
    (path: string) => `${path}/x/..`,
  ],
  ...[
    (path: string) => `${path}/%2e`,
    (path: string) => `${path}%2f`,
    (path: string) => `${path}%00`,
    (path: string) => `${path}%20`,
  ],
  ...[
    (path: string) => `${path}%0a`,
    (path: string) => `${path}%09`,
    (path: string) => `${path}%23`,
    (path: string) => `${path}%3f`,
  ],
  ...[
    (path: string) => `${path}.`,
    (path: string) => `${path}%2e`,
    (path: string) => `${path}\\`,
    (path: string) => `${path}%5c`,
  ],
  ...[
    (path: string) => `${path}%`,
    (path: string) => `${path}%c0%af`,
    (path: string) => `${path}%e0%80%af`,
  ],
  ...[
    (path: string) => `\\${path}`,
    (path: string) => `/\\${path}`,
    (path: string) => path.replaceAll('/', '\\'),
  ],
  ...[
    (path: string) => path.replaceAll('/', '%2f'),
    (path: string) => `/${path.slice(1).replaceAll('/', '%2F')}`,
  ],
  ...[
    (path: string) => path.toUpperCase(),
    (path: string) => path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  ],
  ...[
    (path: string) => path.replace(/\/(?=[^/]*$)/, '//'),
    (path: string) => path.replace(/\/(?=[^/]*$)/, '/./'),
  ],
  ...[
    (path: string) => path.replace(/\/(?=[^/]*$)/, '/x/../'),
    (path: string) => path.replace(/\/(?=[^/]*$)/, '/%2e/'),
  ],
  ...[
    (path: string) => `http://other.example${path}`,
    (path: string) => `https://x@y${path}`,
    (path: string) => `*${path}`,
  ],
  ...[
    (path: string) => `/%252e%252e${path}`,
    (path: string) => path.replace(/\/(?=[^/]*$)/, '%252f'),
  ],
  ...[
    (path: string) => `${path}\x80`,
    (path: string) => `/\xef\xbb\xbf${path}`,
    (path: string) => `${path}\xa0`,
  ],
];
