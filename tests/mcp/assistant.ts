import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export interface ToolAnswer {
  /** Of the program, in sentences. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: its form depends on the tool.
  readonly data: any;
  readonly isError: boolean;
}

export type Revision = '2025-11-25' | '2026-07-28';

/** A scripted assistant: the protocol's own client over real HTTP. It checks each result against the tool's output schema. */
export class Assistant {
  readonly #client: Client;
  /** Calls of tools so far. */
  calls = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  static async connect(url: string, options: { readonly token?: string; readonly revision?: Revision } = {}): Promise<Assistant> {
    const { token, revision = '2026-07-28' } = options;
    const mode = revision === '2025-11-25' ? 'legacy' : { pin: revision };
    const client = new Client({ name: 'tests', version: '1' }, { versionNegotiation: { mode } });
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }));
    const assistant = new Assistant(client);
    // The client checks results of the tools that it has listed.
    await client.listTools();
    return assistant;
  }

  get client(): Client {
    return this.#client;
  }

  async call(name: string, args: Record<string, unknown> = {}): Promise<ToolAnswer> {
    this.calls++;
    const { content, structuredContent, isError = false } = await this.#client.callTool({ name, arguments: args });
    const [text] = content;
    if (text?.type !== 'text') throw new Error(`Expected a text: ${JSON.stringify(content)}`);
    return { text: text.text, data: structuredContent, isError };
  }

  /** The answer of a call that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async get(name: string, args: Record<string, unknown> = {}): Promise<any> {
    const { data, isError } = await this.call(name, args);
    if (isError) throw new Error(`Unexpected: ${JSON.stringify(data)}`);
    return data;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
