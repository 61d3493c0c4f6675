const lightTheme = '5ee0a1b2c3d4e5f600000001';
const darkTheme = '5ee0a1b2c3d4e5f600000002';

const pages = {
  tenants: [
    {
      place: 'delta',
      dashboard: '670b00000000000000000201',
      title: 'Delta Air Lines',
      text: 'Sees its own strikes, may filter and export.',
    },
    {
      place: 'southwest',
      dashboard: '670b00000000000000000201',
      title: 'Southwest Airlines',
      text: 'The same dashboard, other rows; may filter, not export.',
    },
  ],
  operations: [
    {
      place: 'operations',
      dashboard: '670b00000000000000000202',
      title: 'Flight operations',
      text: 'Three million flights, with the toolbar and the filter panel.',
      settings: { showToolbar: true, showRightPane: true },
    },
  ],
  shop: [
    {
      place: 'shop',
      dashboard: '670b00000000000000000203',
      title: 'Shop',
      text: 'The token sets the starting filters: four categories.',
      settings: { showToolbar: true, showRightPane: true },
    },
  ],
};

const { serviceUrl, languages } = await (await fetch('config.json')).json();
await import(`${serviceUrl}/embed.js`);

const language = document.querySelector('#language');
for (const code of languages) {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  language.append(new Option(name, code));
}
language.value = languages.includes(navigator.language) ? navigator.language : 'en-US';
const mode = document.querySelector('#mode');
const page = document.querySelector('#page');

/** Asks this product's own backend, which knows who is reading, for a token. */
async function mint(place) {
  const response = await fetch('api/wat', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ place, language: language.value }),
  });
  if (!response.ok) throw new Error('no token');
  return response.json();
}

const themeInUse = () =>
  document.documentElement.dataset.mode === 'dark' ? darkTheme : lightTheme;

function show() {
  const name = Object.hasOwn(pages, location.hash.slice(1)) ? location.hash.slice(1) : 'tenants';
  for (const link of document.querySelectorAll('.tabs a')) {
    link.toggleAttribute('aria-current', link.hash === `#${name}`);
  }
  page.replaceChildren(...pages[name].map(section));
  page.dataset.places = String(pages[name].length);
}

function section({ place, dashboard, title, text, settings }) {
  const part = document.querySelector('#place').content.cloneNode(true).firstElementChild;
  part.querySelector('h2').textContent = title;
  part.querySelector('p').textContent = text;

  const element = document.createElement('embed-dashboard');
  element.id = place;
  element.url = serviceUrl;
  element.dashboard = dashboard;
  element.theme = themeInUse();
  if (settings) element.settings = settings;
  element.getWat = async () => {
    const { wat, claims } = await mint(place);
    part.querySelector('code').textContent = JSON.stringify(claims, null, 2);
    return wat;
  };
  part.querySelector('.frame').append(element);
  return part;
}

function setMode(dark) {
  document.documentElement.dataset.mode = dark ? 'dark' : 'light';
  mode.setAttribute('aria-pressed', String(dark));
  mode.textContent = dark ? 'Light' : 'Dark';
  for (const element of document.querySelectorAll('embed-dashboard')) element.theme = themeInUse();
}

mode.addEventListener('click', () => setMode(document.documentElement.dataset.mode !== 'dark'));
language.addEventListener('change', show);
addEventListener('hashchange', show);
setMode(matchMedia('(prefers-color-scheme: dark)').matches);
show();
