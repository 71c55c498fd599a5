import { AddFact } from '../../features/correct/add-fact.tsx';
import { CorrectFact } from '../../features/correct/correct-fact.tsx';
import { DataQualityView } from '../../features/data-quality/data-quality-view.tsx';
import type { CorrectProps } from '../../features/data-quality/finding-list.tsx';
import { MergeView } from '../../features/merge/merge-view.tsx';
import { OrganizationPicker } from '../../features/search/organization-picker.tsx';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { useLocation } from '../../shared/url/location.ts';
import { isCoveragePath, isMergePath, mergeHref } from '../../shared/url/quality-url.ts';
import { FactFinder } from './fact-finder.tsx';

const CoverageView = lazyPart(async () => (await import('../../features/software/coverage-view.tsx')).CoverageView);

export default function DataQualityPage() {
  const { path } = useLocation();
  if (isCoveragePath(path)) return <CoverageView />;
  return isMergePath(path) ? <MergeView Finder={OrganizationPicker} /> : <DataQualityView Correct={CorrectFinding} />;
}

/** The way to correct a finding: the form of the missing or of the first fact, a merge, or nothing if only others can answer. */
function CorrectFinding({ facts, kind }: CorrectProps) {
  const [first, second] = facts;
  switch (first?.__typename) {
    case 'Transfer':
      return (
        <>
          {kind === 'CUSTODY_GAP' && second?.__typename === 'Artifact' && (
            <AddFact
              label="Add the missing transfer"
              choices={[{ kind: 'TRANSFER', known: { artifact: second, recipient: first.sender } }]}
              Finder={FactFinder}
            />
          )}
          {kind === 'UNDECLARED_SUBCONTRACTOR' && (
            <AddFact
              label="Add the engagement"
              choices={[{ kind: 'ENGAGEMENT', known: { client: first.sender, provider: first.recipient } }]}
              Finder={FactFinder}
            />
          )}
          <CorrectFact fact={{ kind: 'TRANSFER', id: first.id }} />
        </>
      );
    case 'Engagement':
      return <CorrectFact fact={{ kind: 'ENGAGEMENT', id: first.id }} />;
    case 'Artifact':
      return <CorrectFact fact={{ kind: 'ARTIFACT', id: first.id }} />;
    case 'Control':
      return <CorrectFact fact={{ kind: 'CONTROL', organization: first.organization.id, control: first.control }} />;
    case 'Organization':
      return kind === 'POSSIBLE_DUPLICATE' && second?.__typename === 'Organization' ? (
        <Link href={mergeHref([first.id, second.id], true)}>Compare and merge</Link>
      ) : null;
    default:
      return null;
  }
}
