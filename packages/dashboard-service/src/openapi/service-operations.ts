import { json, type Operation } from '@vitrine/token-service';

const forAdmins = { method: 'get', tag: 'content', access: 'admin' } as const;
const forAnybody = { method: 'get', tag: 'operations', access: 'anybody' } as const;

/** Administration of content, and operations. */
export const serviceOperations: readonly Operation[] = [
  {
    ...{ ...forAdmins, path: '/api/v1/users', id: 'listUsers' },
    summary: 'Users of the content folder.',
    answer: json('Users.'),
  },
  {
    ...{ ...forAdmins, path: '/api/v1/groups', id: 'listGroups' },
    summary: 'Groups of the content folder.',
    answer: json('Groups.'),
  },
  {
    ...{ ...forAdmins, path: '/api/v1/themes', id: 'listThemes' },
    summary: 'Themes of the content folder.',
    answer: json('Themes.'),
  },
  {
    ...{ ...forAdmins, path: '/api/v1/content/errors', id: 'listContentErrors' },
    summary: 'What is wrong in the content folder, and where.',
    answer: json('Errors with file, line and column.'),
  },
  {
    ...{ ...forAdmins, path: '/metrics', id: 'readMetrics', tag: 'operations' },
    summary: 'Metrics for Prometheus. On an admin port of its own no token is asked for.',
    answer: { status: 200, description: 'Metrics as text.', type: 'text/plain' },
  },
  {
    ...{ ...forAnybody, path: '/api/v1/schemas/{kind}.json', id: 'readContentSchema' },
    summary: 'The JSON Schema of a kind of content file.',
    answer: { status: 200, description: 'The schema.', type: 'application/schema+json' },
    problems: ['not_found'],
  },
  {
    ...{ ...forAnybody, path: '/healthz', id: 'readHealth' },
    summary: 'Whether the process lives.',
    answer: json('It does.'),
  },
  {
    ...{ ...forAnybody, path: '/readyz', id: 'readReadiness' },
    summary: 'Whether state and data can serve; 503 while they cannot.',
    answer: json('It can.'),
  },
  {
    ...{ ...forAnybody, path: '/api/v1/openapi.json', id: 'readOpenApi' },
    summary: 'This description.',
    answer: json('OpenAPI 3.1.'),
  },
];
