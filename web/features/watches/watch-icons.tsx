import IconTrendingUp from 'virtual:tabler/trending-up';
import type { WatchKind } from '../../shared/generated/operations.ts';
import { IconCircleDashed, IconClock, IconCpu, IconFile, IconFileText, IconFlask, IconTarget } from '../../shared/ui/icons.tsx';
import type { Icon } from '../../shared/ui/make-icon.tsx';

export { default as IconBell } from 'virtual:tabler/bell';

export const KIND_ICONS: Readonly<Record<WatchKind, Icon>> = {
  RADIUS: IconTarget,
  LAB: IconFlask,
  ARTIFACT: IconFile,
  FINDINGS: IconCircleDashed,
  NOTICE: IconClock,
  ADVISORY: IconCpu,
  EDITION: IconFileText,
  RANKING: IconTrendingUp,
};
