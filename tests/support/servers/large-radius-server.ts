import type { BlastRadiusInput, Tier } from '../../../web/shared/generated/operations.ts';
import { parseBlastState } from '../../../web/shared/url/blast-radius-url.ts';
import { inputOf } from '../../../web/shared/url/radius-options-url.ts';
import { askOf } from '../../graphql/ask-of.ts';
import { commitThrough, draftThrough, waitThrough } from '../../graphql/importing/import-through.ts';
import { type LargeRadiusSize, largeRadius, largeRadiusFiles } from '../worlds/large-radius-world.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** An artifact in reach, as the API answers it. */
export interface Row {
  readonly artifact: { readonly id: string; readonly owner: { readonly id: string; readonly name: string } };
  readonly tier: Tier;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}

export interface LargeRadiusServer {
  readonly server: RunningServer;
  /** The question of `largeRadius`. */
  readonly input: BlastRadiusInput | null;
  /** Asks the radius of `largeRadius` for a selection of fields. */
  // biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
  askRadius(selection: string, variables?: object, head?: string): Promise<any>;
  /** All artifacts in reach that match a filter, page by page. */
  listEveryRow(filter?: string): Promise<readonly Row[]>;
}

/** A server that holds one generated world. Throws where the server refuses a row of it. */
export async function serveLargeRadius(size: LargeRadiusSize): Promise<LargeRadiusServer> {
  const server = await startServer({ isDemo: false });
  const urls = [server.url];
  const id = await draftThrough(urls, largeRadiusFiles(size));
  await commitThrough(urls, id);
  const { state, report } = await waitThrough(urls, id, 'COMMITTED', 'FAILED');
  if (state !== 'COMMITTED' || report.rejected !== 0) throw new Error(`The world was not imported: ${JSON.stringify({ state, report })}`);
  const input = inputOf(parseBlastState(new URLSearchParams(largeRadius.split('?')[1])));
  const askRadius: LargeRadiusServer['askRadius'] = async (selection, variables = {}, head = '') => {
    const query = `query($input: BlastRadiusInput!${head}) { blastRadius(input: $input) { ${selection} } }`;
    const { data, errors } = await askOf(server.url, query, { input, ...variables });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data.blastRadius;
  };
  const listEveryRow = async (filter = '') => {
    const rows: Row[] = [];
    let after: string | null = null;
    do {
      const { artifacts } = await askRadius(
        `artifacts(first: 500, after: $after${filter}) { pageInfo { hasNextPage endCursor }
          edges { node { artifact { id owner { id name } } tier worstCaseLossUsd weightedLossUsd } } }`,
        { after },
        ', $after: String',
      );
      rows.push(...artifacts.edges.map(({ node }: { node: Row }) => node));
      after = artifacts.pageInfo.hasNextPage ? artifacts.pageInfo.endCursor : null;
    } while (after !== null);
    return rows;
  };
  return { server, input, askRadius, listEveryRow };
}
