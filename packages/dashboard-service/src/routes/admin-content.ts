import type { RequestHandler } from 'express';
import type { Services } from './services.ts';

/** `GET /api/v1/users`: for choosing a `sub`. */
export const getUsers =
  ({ content }: Services): RequestHandler =>
  (_request, response) => {
    response.json(
      [...content.current.users.values()].map(({ id, name, email, groups = [] }) => ({
        id,
        name,
        ...(email === undefined ? {} : { email }),
        groups,
      })),
    );
  };

/** `GET /api/v1/groups` */
export const getGroups =
  ({ content }: Services): RequestHandler =>
  (_request, response) => {
    response.json(
      [...content.current.groups.values()].map(({ id, name, theme }) => ({ id, name, theme })),
    );
  };

/** `GET /api/v1/themes`: for choosing a `thm`. */
export const getThemes =
  ({ content }: Services): RequestHandler =>
  (_request, response) => {
    response.json(
      [...content.current.themes.values()].map(({ oid, name, mode }) => ({ oid, name, mode })),
    );
  };

/** `GET /api/v1/content/errors`: what is wrong in the content folder, and where. */
export const getContentErrors =
  ({ content }: Services): RequestHandler =>
  (_request, response) => {
    const { generation, problems } = content.current;
    response.json({ generation, errors: problems });
  };
