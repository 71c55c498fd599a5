import { ExploreView } from '../../features/explore/explore-view.tsx';
import { Inspector } from '../../features/inspector/inspector.tsx';
import { FindBox } from '../../features/search/find-box.tsx';
import { incidentHref } from '../../shared/url/blast-state.ts';
import { exploreHref } from '../../shared/url/explore-state.ts';
import { navigate } from '../../shared/url/location.ts';

export function ExplorePage() {
  return (
    <ExploreView
      Inspector={Inspector}
      finder={
        <FindBox
          label="Find an organization or an artifact"
          placeholder="Search organizations, artifacts, incidents"
          width="100%"
          onFind={(found) => {
            if (found.__typename === 'Incident') navigate(incidentHref(found.id));
            else navigate(exploreHref(`${found.__typename === 'Organization' ? 'organization' : 'artifact'}:${found.id}`));
          }}
        />
      }
    />
  );
}
