import { BlastRadiusView } from '../../features/blast-radius/blast-radius-view.tsx';
import { OrganizationPicker } from '../../features/search/organization-picker.tsx';
import { CompareView } from '../../features/what-if/compare/compare-view.tsx';
import { WhatIfView } from '../../features/what-if/what-if-view.tsx';

export default function BlastRadiusPage() {
  return <BlastRadiusView OriginPicker={OrganizationPicker} WhatIf={WhatIfView} Compare={CompareView} />;
}
