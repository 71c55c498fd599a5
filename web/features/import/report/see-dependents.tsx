import {
  ImportEngagementsDocument,
  type ImportEngagementsQuery,
  ImportedOrganizationDocument,
} from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { Link } from '../../../shared/ui/link.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { heldNow } from '../../../shared/windows/held-now.ts';
import type { ImportDetail } from '../use-import.ts';

/** A link to the dependents of one vendor of the list. Shows nothing if the import has no engagements. */
export function SeeDependents({ of }: { readonly of: ImportDetail }) {
  const { data } = useQuestion(ImportEngagementsDocument, { id: of.id });
  const provider = data === null ? null : frequentProvider(data);
  const { data: found } = useQuestion(ImportedOrganizationDocument, provider === null ? null : { id: provider });
  if (provider === null || found?.organization == null) return null;
  return <Link href={blastHref([provider], heldNow())}>See who depends on {found.organization.name}</Link>;
}

/** The provider with the most of these engagements. The first in the file decides ties. */
function frequentProvider(data: ImportEngagementsQuery): string | null {
  const counts = new Map<string, number>();
  for (const { node } of data.import?.changes.edges ?? []) {
    const provider = node.fields.find(({ field }) => field === 'provider')?.after;
    if (provider != null) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  let best: string | null = null;
  for (const [provider, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = provider;
  return best;
}
