import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FileAnswer } from './call.ts';
import { HttpError } from './errors.ts';
import { safeHeaders } from './page-headers.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** In the page's HTML: where the nonce of its own late styles goes. */
const NONCE_MARK = '__CSP_NONCE__';

export interface StaticPage {
  /** The file at a path; for a path of the page's own router its HTML. @throws HttpError NOT_THERE, PAGE_MISSING. */
  find(path: string): Promise<FileAnswer & { headers: Record<string, string> }>;
}

/** The built page: a folder of files, known by name before the first request, so that no path leads anywhere else. */
export async function openStaticPage(folder: string): Promise<StaticPage> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map(names.filter((entry) => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length).replaceAll('\\', '/'), path] as const;
  }));
  return {
    async find(path) {
      const file = files.get(path);
      if (file !== undefined && extname(file) !== '.html') {
        // Names under assets/ hold a hash of their content.
        return { body: { path: file }, mediaType: MEDIA_TYPES[extname(file)] ?? 'application/octet-stream', immutable: path.startsWith('/assets/'), headers: safeHeaders() };
      }
      const html = files.get('/index.html');
      if (extname(path) !== '' && file === undefined) throw new HttpError(404, 'NOT_THERE', 'There is no such file.', { next: 'Open / for the studio.' });
      if (html === undefined) throw new HttpError(503, 'PAGE_MISSING', 'The page of the studio was not built.', { next: 'npm run build builds it; /api/reference says what programs can ask.' });
      const nonce = randomBytes(16).toString('base64');
      return { body: { bytes: Buffer.from((await readFile(html, 'utf8')).replaceAll(NONCE_MARK, nonce)) }, mediaType: 'text/html; charset=utf-8', headers: safeHeaders(nonce) };
    },
  };
}
