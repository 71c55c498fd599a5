import { BlastRadiusView } from '../../features/blast-radius/blast-radius-view.tsx';
import { OrganizationPicker } from '../../features/search/organization-picker.tsx';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';

const Compare = lazyPart(async () => (await import('../../features/what-if/compare/compare-view.tsx')).CompareView);
const Views = lazyPart(async () => (await import('../../features/views/views-dialog.tsx')).ViewsButton);
const WhatIf = lazyPart(async () => (await import('../../features/what-if/what-if-view.tsx')).WhatIfView);

export default function BlastRadiusPage() {
  return <BlastRadiusView OriginPicker={OrganizationPicker} views={<Views isLarge />} WhatIf={WhatIf} Compare={Compare} />;
}
