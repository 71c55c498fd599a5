import { type ComponentProps, lazy, Suspense } from 'react';
import { BlastRadiusView } from '../../features/blast-radius/blast-radius-view.tsx';
import { OrganizationPicker } from '../../features/search/organization-picker.tsx';

// Loaded when one is opened, so that the first canvas does not wait for them.
const LazyCompare = lazy(() =>
  import('../../features/what-if/compare/compare-view.tsx').then(({ CompareView }) => ({ default: CompareView })),
);
const LazyWhatIf = lazy(() => import('../../features/what-if/what-if-view.tsx').then(({ WhatIfView }) => ({ default: WhatIfView })));

export default function BlastRadiusPage() {
  return <BlastRadiusView OriginPicker={OrganizationPicker} WhatIf={WhatIf} Compare={Compare} />;
}

function WhatIf(props: ComponentProps<typeof LazyWhatIf>) {
  return (
    <Suspense fallback={null}>
      <LazyWhatIf {...props} />
    </Suspense>
  );
}

function Compare(props: ComponentProps<typeof LazyCompare>) {
  return (
    <Suspense fallback={null}>
      <LazyCompare {...props} />
    </Suspense>
  );
}
