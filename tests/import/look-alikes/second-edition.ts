import { companies, csv } from './list-parts.ts';

const clients = Array.from({ length: 47 }, (_, i) => `Orbit ${i + 1} AI`);
const providers = companies.slice(0, 400);
const goneCount = 75;
const renamedCount = 30;

/** They have two clients each, of which at most one is gone. Half of the renamed ones keep their website under an unlike name; the others have no website, and a like name. */
const renamed = new Map(
  providers.slice(20, 20 + renamedCount).map((name, at) => [name, at % 2 === 0 ? `Halcyon ${at + 11} Works` : `${name} Worldwide`]),
);

function websiteOf(provider: string): string {
  const at = providers.indexOf(provider);
  return at % 2 === 0 ? `https://www.${provider.toLowerCase().replaceAll(' ', '')}.example` : '';
}

const pairs = clients.flatMap((client, at) =>
  Array.from({ length: 10 }, (_, i) => [client, providers[(at * 10 + i) % 400] as string] as const),
);
const header = ['AI Company', 'Sub-processor', 'Website'];

/** A list of 470 pairs, and its next edition: 75 pairs are gone, and 30 providers have another name. */
export const secondEdition = {
  source: 'AI sub-processors',
  first: csv([header, ...pairs.map(([client, provider]) => [client, provider, websiteOf(provider)])]),
  second: csv([
    header,
    ...pairs
      .filter((_, at) => at % 6 !== 5 || at >= goneCount * 6)
      .map(([client, provider]) => [client, renamed.get(provider) ?? provider, websiteOf(provider)]),
  ]),
} as const;
