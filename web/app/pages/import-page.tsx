import { ImportView } from '../../features/import/import-view.tsx';

export function ImportPage() {
  return <ImportView />;
}
