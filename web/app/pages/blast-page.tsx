import { BlastRadiusView } from '../../features/blast-radius/blast-radius-view.tsx';

export function BlastPage() {
  return <BlastRadiusView />;
}
