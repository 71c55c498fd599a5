import { parseBlastState } from '../../shared/url/blast-state.ts';
import { useLocation } from '../../shared/url/location.ts';

export function BlastRadiusView() {
  const { params } = useLocation();
  const state = parseBlastState(params);
  return <h1>{state.origins.join(', ') || 'Choose a compromised organization'}</h1>;
}
