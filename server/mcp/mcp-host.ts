import type { ApolloServer } from '@apollo/server';
import { INVALID_PARAMS, ProtocolError } from '@modelcontextprotocol/server';
import type { GraphQLSchema } from 'graphql';
import { checkRight, hasRight, type Right, toolRights } from '../auth/rights.ts';
import type { McpConfig } from '../configuration/config.ts';
import { ExposureError } from '../domain/errors.ts';
import { withoutHidden } from '../domain/text/hidden-characters.ts';
import { Context, type Sender, type Services } from '../graphql/context.ts';
import type { AskApi, ToolResult } from './call-tool.ts';
import { callTool, failedResult, WrongArguments } from './call-tool.ts';
import { buildMcpServer, type McpHost, openHandler, toListedTool } from './protocol.ts';
import { listTools } from './tools.ts';

/** One question of a call. What GraphQL would record by itself goes into the one entry of the call. */
class CallContext extends Context {
  reads: string[] = [];

  override audit(action: string, subject: string | null): void {
    if (action === 'read' && subject !== null) this.reads.push(subject);
  }
}

interface HostOptions {
  readonly services: Services;
  readonly schema: GraphQLSchema;
  readonly graphql: ApolloServer<Context>;
  readonly sender: Sender;
  readonly mcp: Pick<McpConfig, 'hasWrites' | 'budget'>;
  /** The address of the page, without a slash at its end. */
  readonly pageUrl: string;
  /** Aborted when the client leaves, with what its answer says. Absent: each call has a signal of its own. */
  readonly connection?: AbortSignal;
}

/** The tools that one sender may use. Its calls have the same schema, limits and facts as its GraphQL requests, and each is in the audit trail. */
export function openHost({ services, schema, graphql, sender, mcp, pageUrl, connection }: HostOptions): McpHost {
  const { questions, trail } = services;
  const { identity, address } = sender;
  const tools = listTools(mcp.hasWrites);
  const record = (action: string, subject: string | null, outcome: string) =>
    trail.record({ at: questions.clock(), by: identity.name, from: address, action, subject, outcome });
  return {
    listTools: () => tools.filter(({ name }) => hasRight(identity, toolRights[name] as Right)).map((tool) => toListedTool(tool, schema)),
    async call(name, args, signal) {
      const tool = tools.find((each) => each.name === name);
      if (tool === undefined) {
        record('mcp', null, 'NOT_FOUND');
        const message = `There is no tool "${withoutHidden(name.slice(0, 80))}". There are: ${tools.map((each) => each.name).join(', ')}.`;
        throw new ProtocolError(INVALID_PARAMS, message, { code: 'NOT_FOUND' });
      }
      const contexts: CallContext[] = [];
      const left = connection ?? untilLeft(signal);
      const askApi: AskApi = async (query, variables) => {
        const contextValue = new CallContext(services, sender, left);
        contexts.push(contextValue);
        const { body } = await graphql.executeOperation({ query, variables: { ...variables } }, { contextValue });
        if (body.kind !== 'single') throw new Error('The API answered in several parts.');
        return body.singleResult;
      };
      const action = `mcp ${name}`;
      try {
        checkRight(identity, toolRights[name], `the tool ${name}`);
        const result = await callTool(tool, args, { askApi, budget: mcp.budget, pageUrl, now: questions.clock() });
        record(action, result.outcome === 'ok' ? subjectOf(args, contexts) : null, result.outcome);
        return withoutOutcome(result);
      } catch (error) {
        if (error instanceof WrongArguments) {
          record(action, null, 'BAD_USER_INPUT');
          throw new ProtocolError(INVALID_PARAMS, error.message, { code: 'BAD_USER_INPUT' });
        }
        record(action, null, error instanceof ExposureError ? error.code : 'INTERNAL_SERVER_ERROR');
        return withoutOutcome(failedResult(error));
      }
    },
  };
}

/** Stops the work for a client that left, which is no failure of the program. */
function untilLeft(signal: AbortSignal): AbortSignal {
  const left = new AbortController();
  const leave = () => left.abort(new ExposureError('QUERY_TIMEOUT', 'The client disconnected before the answer was ready.'));
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  return left.signal;
}

function withoutOutcome({ outcome: _, ...result }: ToolResult): Omit<ToolResult, 'outcome'> {
  return result;
}

const idNames: readonly string[] = ['organization', 'artifact', 'transfer', 'incident', 'advisory'];

/** The ids that a call names, which exist; lists by their number; and the artifacts of the highest sensitivity that it showed. Never a text. */
function subjectOf(args: unknown, contexts: readonly CallContext[]): string | null {
  const parts = Object.entries((args ?? {}) as object).flatMap(([name, value]) => {
    if (Array.isArray(value)) return name === 'origins' && value.length === 1 ? [`origin ${value[0]}`] : [`${value.length} ${name}`];
    return idNames.includes(name) && typeof value === 'string' ? [`${name} ${value}`] : [];
  });
  const reads = contexts.flatMap((context) => context.reads);
  if (reads.length > 0) parts.push(`read ${reads.join(', ')}`);
  return parts.length === 0 ? null : parts.join(', ');
}

let handler: ReturnType<typeof openHandler> | undefined;

/** Answers one request over HTTP. @param body parsed and checked; undefined without one */
export function answerRequest(request: Request, body: unknown, options: HostOptions, onError: (error: Error) => void): Promise<Response> {
  handler ??= openHandler(({ authInfo }) => buildMcpServer(authInfo?.extra?.host as McpHost), onError);
  // The library hands `extra` to whoever builds the server of this request.
  const authInfo = { token: '', clientId: options.sender.identity.name, scopes: [], extra: { host: openHost(options) } };
  return handler.fetch(request, { authInfo, ...(body !== undefined && { parsedBody: body }) });
}
