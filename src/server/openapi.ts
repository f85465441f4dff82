import * as z from 'zod';
import { apiErrorSchema, ROUTES, type Route } from '../protocol/api/index.ts';

type Json = Record<string, unknown>;

/** The route table as an OpenAPI 3.1 document, whose schemas are JSON Schema as zod writes it. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'DirectorStudio', version, description: 'The studio on this machine. Lists are paged, errors have one shape, events come from /api/events.' },
    paths,
    components: { schemas: { Error: jsonSchema(apiErrorSchema, 'output') } },
  };
}

function operationOf(operationId: string, route: Route): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...(route.spends === true ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 100 } }] : [])];
  return {
    operationId,
    summary: route.does,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestOf(route),
    responses: {
      [String(route.status ?? 200)]: { description: 'Done', content: contentOf(route.answer) },
      default: { description: 'Refused, or failed', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
    },
  };
}

function requestOf(route: Route): Json {
  if (route.upload !== undefined) return { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary', maxLength: route.upload.mostBytes } } } } };
  return route.body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } };
}

function contentOf(answer: Route['answer']): Json {
  if (answer === 'events') return { 'text/event-stream': { schema: { type: 'string' } } };
  if (answer === 'page') return { 'text/html': { schema: { type: 'string' } } };
  if ('file' in answer) return { [answer.file]: { schema: { type: 'string', format: 'binary' } } };
  return { 'application/json': { schema: jsonSchema(answer, 'output') } };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, each]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: each }));
}

export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
