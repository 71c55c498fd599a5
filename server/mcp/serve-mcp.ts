import type { HostOptions } from './mcp-host.ts';
import { openHost } from './mcp-host.ts';
import type { McpHost } from './protocol.ts';
import { buildMcpServer, openHandler } from './protocol.ts';

let handler: ReturnType<typeof openHandler> | undefined;

/** Answers one request over HTTP. @param body parsed and checked; undefined without one */
export function answerRequest(request: Request, body: unknown, options: HostOptions, onError: (error: Error) => void): Promise<Response> {
  handler ??= openHandler(({ authInfo }) => buildMcpServer(authInfo?.extra?.host as McpHost), onError);
  // The library hands `extra` to whoever builds the server of this request.
  const authInfo = { token: '', clientId: options.sender.identity.name, scopes: [], extra: { host: openHost(options) } };
  return handler.fetch(request, { authInfo, ...(body !== undefined && { parsedBody: body }) });
}
