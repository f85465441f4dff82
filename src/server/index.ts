/** The studio over HTTP, for its page and for programs. */
export { startStudioServer, type StudioServer, type StudioServerOptions } from './studio-server.ts';
