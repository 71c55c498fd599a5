import { BlastRadiusView } from '../features/blast-radius/blast-radius-view.tsx';
import { CorrectFact } from '../features/correct/correct-fact.tsx';
import { MergeOrganizations } from '../features/correct/merge-organizations.tsx';
import type { CorrectProps } from '../features/data-quality/correct-props.ts';
import { DataQualityView } from '../features/data-quality/data-quality-view.tsx';
import { ExploreView } from '../features/explore/explore-view.tsx';
import { Inspector } from '../features/inspector/inspector.tsx';
import { FindBox } from '../features/search/find-box.tsx';
import { OrganizationPicker } from '../features/search/organization-picker.tsx';
import type { SearchFound } from '../features/search/search-groups.ts';
import { incidentHref } from '../shared/url/blast-radius-url.ts';
import { exploreHref } from '../shared/url/explore-url.ts';
import { navigate } from '../shared/url/location.ts';

/** The pages that combine features. Features do not import each other, so a page passes one to another. */

export function ExplorePage() {
  return (
    <ExploreView
      Inspector={Inspector}
      finder={
        <FindBox
          label="Find an organization or an artifact"
          placeholder="Search organizations, artifacts, incidents"
          width="100%"
          onFind={(found) => navigate(hrefOfFound(found))}
        />
      }
    />
  );
}

export function BlastRadiusPage() {
  return <BlastRadiusView OriginPicker={OrganizationPicker} />;
}

export function DataQualityPage() {
  return <DataQualityView Correct={CorrectFinding} />;
}

/** Where a finding is put right: the form of its first fact, a merge, or nothing where only somebody else can answer. */
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

function hrefOfFound(found: SearchFound): string {
  switch (found.__typename) {
    case 'Organization':
      return exploreHref(`organization:${found.id}`);
    case 'Artifact':
      return exploreHref(`artifact:${found.id}`);
    case 'Incident':
      return incidentHref(found.id);
  }
}
