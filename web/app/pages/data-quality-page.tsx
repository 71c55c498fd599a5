import { CorrectFact } from '../../features/correct/correct-fact.tsx';
import { MergeOrganizations } from '../../features/correct/merge-organizations.tsx';
import type { CorrectProps } from '../../features/data-quality/correct-props.ts';
import { DataQualityView } from '../../features/data-quality/data-quality-view.tsx';

export default function DataQualityPage() {
  return <DataQualityView Correct={CorrectFinding} />;
}

/** The way to correct a finding: the form of its first fact, a merge, or nothing if only others can answer. */
function CorrectFinding({ facts, kind }: CorrectProps) {
  const [first, second] = facts;
  switch (first?.__typename) {
    case 'Transfer':
      return <CorrectFact fact={{ kind: 'TRANSFER', id: first.id }} />;
    case 'Engagement':
      return <CorrectFact fact={{ kind: 'ENGAGEMENT', id: first.id }} />;
    case 'Artifact':
      return <CorrectFact fact={{ kind: 'ARTIFACT', id: first.id }} />;
    case 'Control':
      return <CorrectFact fact={{ kind: 'CONTROL', organization: first.organization.id, control: first.control }} />;
    case 'Organization':
      return kind === 'POSSIBLE_DUPLICATE' && second?.__typename === 'Organization' ? (
        <MergeOrganizations first={first} second={second} />
      ) : null;
    default:
      return null;
  }
}
