import { useEffect, useState } from 'react';
import { MergesInForceDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { whenIdle } from '../../shared/ui/lazy-part.tsx';
import { navigate, type PageLocation, useLocationPart } from '../../shared/url/location.ts';
import { findResolvedAddress } from './resolved-address.ts';

const NONE: ReadonlyMap<string, string> = new Map();

/** Keeps merged ids out of the address. Reads the merges in force when the page is idle, and again after each change of facts. */
export function useResolvedAddress(location: PageLocation): void {
  const [resolvedIds, setResolvedIds] = useState(NONE);
  const epoch = useFactsEpoch();
  // The client adds these to every question.
  const shared = useLocationPart(({ params }) => `${params.get('knownAt')} ${params.get('redact')}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: epoch and shared repeat the question.
  useEffect(() => {
    let isCurrent = true;
    whenIdle(() => {
      if (!isCurrent) return;
      readMerges()
        .then((merges) => isCurrent && setResolvedIds(merges.size === 0 ? NONE : merges))
        .catch(() => undefined);
    });
    return () => {
      isCurrent = false;
    };
  }, [epoch, shared]);
  useEffect(() => {
    const href = findResolvedAddress(location, resolvedIds);
    if (href !== null) navigate(href, 'replace', true);
  }, [location, resolvedIds]);
}

async function readMerges(): Promise<ReadonlyMap<string, string>> {
  const resolvedIds = new Map<string, string>();
  for (let after: string | null = null; ; ) {
    const { data }: { data?: { merges: MergesPage } | undefined } = await client.query({
      query: MergesInForceDocument,
      variables: { after },
    });
    for (const { node } of data?.merges.edges ?? []) resolvedIds.set(node.id, node.into.id);
    if (data?.merges.pageInfo.hasNextPage !== true) return resolvedIds;
    after = data.merges.pageInfo.endCursor;
  }
}

interface MergesPage {
  readonly edges: readonly { readonly node: { readonly id: string; readonly into: { readonly id: string } } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
