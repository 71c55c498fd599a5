import bell from 'virtual:tabler/bell';
import trendingUp from 'virtual:tabler/trending-up';
import type { WatchKind } from '../../shared/generated/operations.ts';
import {
  type Icon,
  IconCircleDashed,
  IconClock,
  IconCpu,
  IconFile,
  IconFileText,
  IconFlask,
  IconTarget,
  makeIcon,
} from '../../shared/ui/icons.tsx';

export const IconBell = makeIcon(bell);

export const KIND_ICONS: Readonly<Record<WatchKind, Icon>> = {
  RADIUS: IconTarget,
  LAB: IconFlask,
  ARTIFACT: IconFile,
  FINDINGS: IconCircleDashed,
  NOTICE: IconClock,
  ADVISORY: IconCpu,
  EDITION: IconFileText,
  RANKING: makeIcon(trendingUp),
};
