import { useEffect, useState } from 'react';
import { MergesInForceDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { whenIdle } from '../../shared/ui/lazy-part.tsx';
import { navigate, type PageLocation, useLocationPart } from '../../shared/url/location.ts';
import { findMeantAddress } from './meant-address.ts';

const NONE: ReadonlyMap<string, string> = new Map();

/** Keeps merged organizations out of the address. Reads the merges in force once the page has nothing else to do, and again after each change of facts. */
export function useMeantAddress(location: PageLocation): void {
  const [meant, setMeant] = useState(NONE);
  const epoch = useFactsEpoch();
  // The client adds these to every question.
  const shared = useLocationPart(({ params }) => `${params.get('knownAt')} ${params.get('redact')}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: epoch and shared repeat the question.
  useEffect(() => {
    let isCurrent = true;
    whenIdle(() => {
      if (!isCurrent) return;
      readMerges()
        .then((merges) => isCurrent && setMeant(merges.size === 0 ? NONE : merges))
        .catch(() => undefined);
    });
    return () => {
      isCurrent = false;
    };
  }, [epoch, shared]);
  useEffect(() => {
    const href = findMeantAddress(location, meant);
    if (href !== null) navigate(href, 'replace', true);
  }, [location, meant]);
}

async function readMerges(): Promise<ReadonlyMap<string, string>> {
  const meant = new Map<string, string>();
  for (let after: string | null = null; ; ) {
    const { data }: { data?: { merges: MergesPage } | undefined } = await client.query({
      query: MergesInForceDocument,
      variables: { after },
    });
    for (const { node } of data?.merges.edges ?? []) meant.set(node.id, node.into.id);
    if (data?.merges.pageInfo.hasNextPage !== true) return meant;
    after = data.merges.pageInfo.endCursor;
  }
}

interface MergesPage {
  readonly edges: readonly { readonly node: { readonly id: string; readonly into: { readonly id: string } } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
