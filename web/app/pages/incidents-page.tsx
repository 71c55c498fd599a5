import { IncidentsView } from '../../features/incidents/incidents-view.tsx';
import type { PickerProps } from '../../features/incidents/summary/edit-incident.tsx';
import { FindBox } from '../../features/search/find-box.tsx';
import type { FoundKind } from '../../shared/generated/operations.ts';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { isAdvisoryPath } from '../../shared/url/incidents-url.ts';
import { useLocationPart } from '../../shared/url/location.ts';

const ORGANIZATIONS: readonly FoundKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'];
const ARTIFACTS: readonly FoundKind[] = ['ARTIFACT'];

const AdvisoryView = lazyPart(async () => (await import('../../features/advisories/advisory-view.tsx')).default);
const SoftwareListDialog = lazyPart(async () => (await import('../../features/software/software-list-dialog.tsx')).SoftwareListDialog, {
  isDialog: true,
});

export default function IncidentsPage() {
  const isAdvisory = useLocationPart(({ path }) => isAdvisoryPath(path));
  if (isAdvisory) return <AdvisoryView ListDialog={SoftwareListDialog} />;
  return <IncidentsView OrganizationPicker={OrganizationPicker} ArtifactPicker={ArtifactPicker} />;
}

function OrganizationPicker({ label, onPick }: PickerProps) {
  return <FindBox label={label} placeholder={label} kinds={ORGANIZATIONS} width="100%" onFind={({ id, name }) => onPick(id, name)} />;
}

function ArtifactPicker({ label, onPick }: PickerProps) {
  return <FindBox label={label} placeholder={label} kinds={ARTIFACTS} width="100%" onFind={({ id, name }) => onPick(id, name)} />;
}
