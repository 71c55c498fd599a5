import { ArtifactsTab } from './artifacts/artifacts-tab.tsx';
import { ControlsTab } from './controls/controls-tab.tsx';
import { ConcentrationTab } from './holders/concentration-tab.tsx';
import { SharedTab } from './holders/shared-tab.tsx';
import { LabsTab } from './labs/labs-tab.tsx';
import { OrganizationsTab } from './organizations/organizations-tab.tsx';
import { useRankings, type RankingsView as View } from './use-rankings.ts';

/** The Rankings page: which organizations, artifacts and labs need attention first, each figure with the facts behind it. */
export function RankingsView() {
  const view = useRankings();
  return <Tab view={view} key={view.state.tab} />;
}

function Tab({ view }: { readonly view: View }) {
  switch (view.state.tab) {
    case 'organizations':
      return <OrganizationsTab view={view} />;
    case 'artifacts':
      return <ArtifactsTab view={view} />;
    case 'concentration':
      return <ConcentrationTab view={view} />;
    case 'shared':
      return <SharedTab view={view} />;
    case 'controls':
      return <ControlsTab view={view} />;
    case 'labs':
      return <LabsTab view={view} />;
  }
}
