import { ProtocolError } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { ExposureError } from '../domain/errors.ts';
import { failedResult } from './call-tool.ts';
import type { ListedTool, McpHost } from './protocol.ts';
import { buildMcpServer } from './protocol.ts';

/** Speaks the protocol on stdin and stdout until the client closes stdin. */
export async function serveOverStdio(host: McpHost, onError: (error: Error) => void): Promise<void> {
  const ended = new Promise((resolve) => process.stdin.once('close', resolve).once('end', resolve));
  const served = serveStdio(() => buildMcpServer(host), { onerror: onError });
  await ended;
  await served.close();
}

const reply = z.object({
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});
const refusal = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/**
 * The tools of another server, with the rights of a token: for assistants that can start a program, and cannot send a header.
 *
 * @param url the address of that server
 */
export function openRemoteHost(url: string, token: string | null): McpHost {
  const address = new URL('mcp', url.endsWith('/') ? url : `${url}/`);
  const ask = async (method: string, params: object, signal: AbortSignal | null): Promise<Record<string, unknown>> => {
    const response = await send(address, token, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }), signal);
    const text = await response.text();
    // One event holds the answer where the server streams it.
    const json = response.headers.get('content-type')?.startsWith('text/event-stream') ? (/^data: (.+)$/m.exec(text)?.[1] ?? '') : text;
    const { result, error } = readReply(response, address, json);
    if (error !== undefined) throw new ProtocolError(error.code, error.message, error.data);
    return result ?? {};
  };
  return {
    async listTools() {
      return (await ask('tools/list', {}, null)).tools as ListedTool[];
    },
    async call(name, args, signal) {
      try {
        return (await ask('tools/call', { name, arguments: args }, signal)) as unknown as Awaited<ReturnType<McpHost['call']>>;
      } catch (error) {
        if (error instanceof ProtocolError) throw error;
        return failedResult(error);
      }
    },
  };
}

async function send(address: URL, token: string | null, body: string, signal: AbortSignal | null): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body,
      signal,
    });
  } catch (error) {
    throw new ExposureError('STORE_UNAVAILABLE', `The server at ${address.origin} cannot be reached. Is it running?`, { cause: error });
  }
}

function readReply(response: Response, address: URL, json: string): z.output<typeof reply> {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    // Not ours.
  }
  const refused = refusal.safeParse(read);
  if (refused.success) {
    const code = response.status === 401 ? 'UNAUTHENTICATED' : response.status === 429 ? 'RATE_LIMITED' : 'FORBIDDEN';
    throw new ExposureError(code, (refused.data.errors[0] as { message: string }).message);
  }
  const parsed = reply.safeParse(read);
  if (parsed.success && (parsed.data.result ?? parsed.data.error) !== undefined) return parsed.data;
  throw new ExposureError(
    'STORE_UNAVAILABLE',
    `${address.origin} answered ${response.status}, and not as Exposure Graph does. Check --url.`,
  );
}
