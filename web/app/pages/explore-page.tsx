import type { ComponentProps } from 'react';
import { AddFact } from '../../features/correct/add-fact.tsx';
import { CorrectFact } from '../../features/correct/correct-fact.tsx';
import { ExploreView } from '../../features/explore/explore-view.tsx';
import { Inspector } from '../../features/inspector/inspector.tsx';
import { FindBox } from '../../features/search/find-box.tsx';
import type { NamedFound } from '../../features/search/search-groups.ts';
import { StartView } from '../../features/start/start-view.tsx';
import { ViewsButton } from '../../features/views/views-dialog.tsx';
import { type FactTools, FactToolsProvider } from '../../shared/facts/fact-tools.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { incidentHref } from '../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { FactFinder } from './fact-finder.tsx';

/** Features do not import each other, so the page passes one to another. */
export default function ExplorePage() {
  return (
    <FactToolsProvider value={factTools}>
      <ExploreView
        Inspector={Inspector}
        Finder={NodeFinder}
        controls={<ViewsButton />}
        start={
          <StartView
            finder={
              <FindBox
                label="Find an organization or an artifact"
                placeholder="Search organizations, artifacts, incidents"
                width="100%"
                onFind={(found) => {
                  focusResult(`${found.__typename.toLowerCase()}:${found.id}`);
                  navigate(hrefOfFound(found));
                }}
              />
            }
          />
        }
      />
    </FactToolsProvider>
  );
}

const SoftwareTab = lazyPart(async () => (await import('../../features/software/software-tab.tsx')).SoftwareTab);

const factTools: FactTools = {
  Correct: CorrectFact,
  Software: SoftwareTab,
  Add: (props: Omit<ComponentProps<typeof AddFact>, 'Finder'>) => <AddFact {...props} Finder={FactFinder} />,
};

function NodeFinder({ label, onPick }: { readonly label: string; readonly onPick: (key: string) => void }) {
  return (
    <FindBox
      label={label}
      placeholder={label}
      width="100%"
      onFind={(found) => {
        if (found.__typename !== 'Incident') onPick(`${found.__typename === 'Artifact' ? 'artifact' : 'organization'}:${found.id}`);
      }}
    />
  );
}

function hrefOfFound(found: NamedFound): string {
  switch (found.__typename) {
    case 'Organization':
      return exploreHref(`organization:${found.id}`);
    case 'Artifact':
      return exploreHref(`artifact:${found.id}`);
    case 'Incident':
      return incidentHref(found.id);
  }
}
