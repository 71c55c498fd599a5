import { ArtifactsTab } from './artifacts-tab.tsx';
import { ConcentrationTab } from './concentration-tab.tsx';
import { ControlsTab } from './controls-tab.tsx';
import { LabsTab } from './labs-tab.tsx';
import { OrganizationsTab } from './organizations-tab.tsx';
import { useRankings, type RankingsView as View } from './rankings-frame.tsx';
import { SharedTab } from './shared-tab.tsx';

/** The Rankings page: which organizations, artifacts and labs need attention first, each figure with the facts behind it. */
export default function RankingsView() {
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
