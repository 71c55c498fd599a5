import { ImportView } from '../../features/import/import-view.tsx';
import { OrganizationPicker } from '../../features/search/organization-picker.tsx';

/** Features do not import each other, so the page passes one to another. */
export default function ImportPage() {
  return <ImportView Finder={OrganizationPicker} />;
}
