import {
  configurationChangeSchema,
  newConfigurationSchema,
} from '../configurations/configuration-schema.ts';
import { revocationBody } from '../revocations/create-revocation.ts';
import { sessionListQuery } from '../sessions/list-sessions.ts';
import { exchangeBody } from '../sessions/open-session.ts';
import { generateBody } from '../tokens/generate-token.ts';
import { testBody } from '../tokens/test-token.ts';
import { usageQuery } from '../usage/read-usage.ts';
import {
  configurationAnswer,
  configurationsAnswer,
  createdConfigurationAnswer,
  revocationsAnswer,
  revokedAnswer,
  sessionOpenedAnswer,
  sessionsAnswer,
  testAnswer,
  usageAnswer,
} from './answers.ts';
import { json, type Operation } from './operation.ts';

const tokens = '/api/v1/wat';
const configurations = `${tokens}/configurations`;
const configuration = `${configurations}/{kid}`;
const revocations = `${tokens}/revocations`;
/** Of a route that asks the state, and of one for something in it. */
const stateProblems = ['store_unavailable'] as const;
const oneProblems = ['not_found', ...stateProblems] as const;
const done = { status: 204, description: 'Done.' } as const;

/** Every route of `createRouter`. Those below `/api/v1/wat` answer below `/api/v1/web-access-tokens` too. */
export const tokenOperations: readonly Operation[] = [
  {
    ...{ method: 'post', path: `${tokens}/sessionToken`, id: 'openSession', tag: 'session' },
    summary: 'Exchange a web access token for a session.',
    access: 'anybody',
    body: exchangeBody,
    answer: json('The two values that every later call carries.', sessionOpenedAnswer),
    problems: [
      ...(['token_malformed', 'token_refused', 'token_expired', 'token_not_yet_valid'] as const),
      ...(['token_revoked', 'token_used', 'too_many_sessions', 'subject_unknown'] as const),
      ...(['origin_refused', 'page_not_shown', 'rate_limited', 'overloaded'] as const),
      ...stateProblems,
    ],
  },
  {
    ...{ method: 'delete', path: `${tokens}/sessionToken`, id: 'endOwnSession', tag: 'session' },
    summary: 'End this session.',
    access: 'session',
    answer: done,
  },
  {
    ...{ method: 'post', path: `${tokens}/generate`, id: 'generateToken', tag: 'tokens' },
    summary: 'Check claims and mint a token.',
    access: 'admin',
    body: generateBody,
    answer: { status: 200, description: 'The token.', type: 'text/plain' },
    problems: ['token_invalid', ...stateProblems],
  },
  {
    ...{ method: 'post', path: `${tokens}/test`, id: 'testToken', tag: 'tokens' },
    summary: 'Check a token on all levels, without using it.',
    access: 'admin',
    body: testBody,
    answer: json('What was found; header and claims where they could be read.', testAnswer),
    problems: ['overloaded', ...stateProblems],
  },
  {
    ...{ method: 'post', path: configurations, id: 'createConfiguration', tag: 'configurations' },
    summary: 'Create a token configuration.',
    access: 'admin',
    body: newConfigurationSchema,
    answer: {
      ...json('The configuration and, this once, its secret.', createdConfigurationAnswer),
      status: 201,
    },
    problems: stateProblems,
  },
  {
    ...{ method: 'get', path: configurations, id: 'listConfigurations', tag: 'configurations' },
    summary: 'List token configurations, oldest first.',
    access: 'admin',
    answer: json('All configurations.', configurationsAnswer),
    problems: stateProblems,
  },
  {
    ...{ method: 'get', path: configuration, id: 'readConfiguration', tag: 'configurations' },
    summary: 'Read a token configuration.',
    access: 'admin',
    answer: json('The configuration.', configurationAnswer),
    problems: oneProblems,
  },
  {
    ...{ method: 'patch', path: configuration, id: 'changeConfiguration', tag: 'configurations' },
    summary: 'Rename, enable or disable a configuration, or change its settings.',
    access: 'admin',
    body: configurationChangeSchema,
    answer: json('The configuration as it is now.', configurationAnswer),
    problems: oneProblems,
  },
  {
    ...{ method: 'delete', path: configuration, id: 'deleteConfiguration', tag: 'configurations' },
    summary: 'Delete a configuration, destroy its key and end its sessions.',
    access: 'admin',
    answer: done,
    problems: oneProblems,
  },
  {
    ...{ method: 'get', path: `${configuration}/usage`, id: 'readUsage', tag: 'configurations' },
    summary: 'How often a configuration was used.',
    access: 'admin',
    query: usageQuery,
    answer: json('Counts, null where it was never used.', usageAnswer),
    problems: oneProblems,
  },
  {
    ...{ method: 'get', path: '/api/v1/sessions', id: 'listSessions', tag: 'sessions' },
    summary: 'List live sessions, newest first.',
    access: 'admin',
    query: sessionListQuery,
    answer: json('Live sessions.', sessionsAnswer),
    problems: stateProblems,
  },
  {
    ...{ method: 'delete', path: '/api/v1/sessions/{id}', id: 'endSession', tag: 'sessions' },
    summary: 'End a session.',
    access: 'admin',
    answer: done,
    problems: oneProblems,
  },
  {
    ...{ method: 'post', path: `${configuration}/rotate`, id: 'rotateKey', tag: 'configurations' },
    summary: 'Make the next key; tokens of both keys open until the old one is retired.',
    access: 'admin',
    answer: {
      ...json('The configuration and, this once, its next secret.', createdConfigurationAnswer),
      status: 201,
    },
    problems: [...oneProblems, 'rotation_under_way'],
  },
  {
    ...{ method: 'post', path: `${configuration}/retire`, id: 'retireKey', tag: 'configurations' },
    summary: 'Destroy the old key.',
    access: 'admin',
    answer: json('The configuration as it is now.', configurationAnswer),
    problems: [...oneProblems, 'rotation_not_under_way'],
  },
  {
    ...{ method: 'post', path: revocations, id: 'createRevocation', tag: 'revocations' },
    summary: 'Refuse a token by its jti, or the tokens of a sub or a configuration made until now.',
    access: 'admin',
    body: revocationBody,
    answer: { ...json('The revocation.', revokedAnswer), status: 201 },
    problems: stateProblems,
  },
  {
    ...{ method: 'get', path: revocations, id: 'listRevocations', tag: 'revocations' },
    summary: 'List revocations, newest first.',
    access: 'admin',
    answer: json('At most 1,000.', revocationsAnswer),
    problems: stateProblems,
  },
  {
    ...{
      method: 'delete',
      path: `${revocations}/{id}`,
      id: 'deleteRevocation',
      tag: 'revocations',
    },
    summary: 'Take a revocation back.',
    access: 'admin',
    answer: done,
    problems: oneProblems,
  },
];
