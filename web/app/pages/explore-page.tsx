import { ExploreView } from '../../features/explore/explore-view.tsx';
import { Inspector } from '../../features/inspector/inspector.tsx';
import { FindBox } from '../../features/search/find-box.tsx';
import type { SearchFound } from '../../features/search/search-groups.ts';
import { incidentHref } from '../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { navigate } from '../../shared/url/location.ts';

/** Features do not import each other, so the page passes one to another. */
export default function ExplorePage() {
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
