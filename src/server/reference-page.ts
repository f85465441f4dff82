import { ROUTES, type Route } from '../protocol/api/index.ts';
import { jsonSchema } from './openapi.ts';

/** The route table as a page to read: plain HTML with one file of style, no script. */
export function referencePage(version: string): string {
  const routes = Object.entries<Route>(ROUTES);
  const contents = routes.map(([name, { method, path, does }]) => `<tr><td><code>${method}</code></td><td><a href="#${name}"><code>${escaped(path)}</code></a></td><td>${escaped(does)}</td></tr>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>DirectorStudio: what it can be asked</title><link rel="stylesheet" href="/api/reference.css"></head>
<body><main><h1>DirectorStudio ${escaped(version)}</h1>
<p>Everything the studio can be asked over HTTP; <a href="/api/openapi.json">the same as an OpenAPI document</a>. Lists come in pages: <code>limit</code> and <code>cursor</code>, and <code>nextCursor</code> in the answer. Every error is <code>{ code, message, next }</code>. What changes comes from <code>/api/events</code>.</p>
<table><thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">Does</th></tr></thead><tbody>${contents.join('')}</tbody></table>
${routes.map(([name, route]) => section(name, route)).join('\n')}
</main></body></html>
`;
}

export const REFERENCE_STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 64rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; }
section { border-top: 1px solid; margin-top: 2rem; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid; }
`;

function section(name: string, route: Route): string {
  const parts = [
    ['Parameters', route.params],
    ['Query', route.query],
    ['Body', route.body],
  ] as const;
  const schemas = parts.flatMap(([title, schema]) => (schema === undefined ? [] : [`<h3>${title}</h3><pre>${escaped(JSON.stringify(jsonSchema(schema, 'input'), undefined, 2))}</pre>`]));
  const upload = route.upload === undefined ? '' : `<p>The file as it is, <code>content-type: application/octet-stream</code>, at most ${Math.round(route.upload.mostBytes / 1024 / 1024)} MB.</p>`;
  const spends = route.spends === true ? '<p>May spend money. Send an <code>Idempotency-Key</code>: the same request again begins nothing anew.</p>' : '';
  return `<section id="${name}"><h2><code>${route.method} ${escaped(route.path)}</code></h2><p>${escaped(route.does)}</p>${spends}${upload}${schemas.join('')}<h3>Answer ${route.status ?? 200}</h3>${answerWords(route.answer)}</section>`;
}

function answerWords(answer: Route['answer']): string {
  if (answer === 'events') return '<p>A stream of server-sent events.</p>';
  if (answer === 'page') return '<p>A page.</p>';
  if ('file' in answer) return `<p>A file, <code>${escaped(answer.file)}</code>.</p>`;
  return `<pre>${escaped(JSON.stringify(jsonSchema(answer, 'output'), undefined, 2))}</pre>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
