import { IncidentsView } from '../../features/incidents/incidents-view.tsx';
import { FindBox } from '../../features/search/find-box.tsx';
import type { FoundKind } from '../../shared/generated/operations.ts';

const ORGANIZATIONS: readonly FoundKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'];
const ARTIFACTS: readonly FoundKind[] = ['ARTIFACT'];

interface PickerProps {
  readonly label: string;
  readonly onPick: (id: string, name: string) => void;
}

export default function IncidentsPage() {
  return <IncidentsView OrganizationPicker={OrganizationPicker} ArtifactPicker={ArtifactPicker} />;
}

function OrganizationPicker({ label, onPick }: PickerProps) {
  return <FindBox label={label} placeholder={label} kinds={ORGANIZATIONS} width="100%" onFind={({ id, name }) => onPick(id, name)} />;
}

function ArtifactPicker({ label, onPick }: PickerProps) {
  return <FindBox label={label} placeholder={label} kinds={ARTIFACTS} width="100%" onFind={({ id, name }) => onPick(id, name)} />;
}
