import { Problem } from '@vitrine/token-service';
import express, { type RequestHandler } from 'express';
import type { ViewerAssets } from './viewer-assets.ts';

const year = 31_536_000;
/** Built files carry a hash of their content in the name. */
const hashed = /[-.][A-Za-z0-9_-]{8}\.[a-z0-9]{1,5}$/;

/** `/assets/viewer/*`: names with a content hash are immutable, others are asked for again. */
export function viewerAssets({ viewerFolder }: ViewerAssets): RequestHandler {
  return express.static(viewerFolder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    fallthrough: true,
    setHeaders: (response, path) => {
      const caching = hashed.test(path) ? `public, max-age=${year}, immutable` : 'no-cache';
      response.setHeader('Cache-Control', caching);
    },
  });
}

/** `/embed.js`: the one file that any page may load. */
export function embedScript({ embedScript: path }: ViewerAssets): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    response.sendFile(
      path,
      {
        cacheControl: false,
        headers: { 'Cache-Control': 'public, max-age=300' },
        dotfiles: 'allow',
      },
      (error) => {
        if (error && !response.headersSent) next(new Problem('not_found'));
      },
    );
  };
}
