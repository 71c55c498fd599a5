import alertTriangle from 'virtual:tabler/alert-triangle';
import arrowBackUp from 'virtual:tabler/arrow-back-up';
import arrowForwardUp from 'virtual:tabler/arrow-forward-up';
import arrowsUpDown from 'virtual:tabler/arrows-up-down';
import building from 'virtual:tabler/building';
import certificate from 'virtual:tabler/certificate';
import check from 'virtual:tabler/check';
import checklist from 'virtual:tabler/checklist';
import chevronDown from 'virtual:tabler/chevron-down';
import chevronRight from 'virtual:tabler/chevron-right';
import chevronUp from 'virtual:tabler/chevron-up';
import circleArrowDown from 'virtual:tabler/circle-arrow-down';
import circleCheck from 'virtual:tabler/circle-check';
import circleDashed from 'virtual:tabler/circle-dashed';
import circleX from 'virtual:tabler/circle-x';
import clipboardCheck from 'virtual:tabler/clipboard-check';
import clock from 'virtual:tabler/clock';
import copy from 'virtual:tabler/copy';
import cpu from 'virtual:tabler/cpu';
import dots from 'virtual:tabler/dots';
import download from 'virtual:tabler/download';
import eye from 'virtual:tabler/eye';
import eyeOff from 'virtual:tabler/eye-off';
import file from 'virtual:tabler/file';
import fileAlert from 'virtual:tabler/file-alert';
import fileText from 'virtual:tabler/file-text';
import filter from 'virtual:tabler/filter';
import flask from 'virtual:tabler/flask';
import gift from 'virtual:tabler/gift';
import helpCircle from 'virtual:tabler/help-circle';
import history from 'virtual:tabler/history';
import infoCircle from 'virtual:tabler/info-circle';
import layoutSidebarRight from 'virtual:tabler/layout-sidebar-right';
import maximize from 'virtual:tabler/maximize';
import message from 'virtual:tabler/message';
import minimize from 'virtual:tabler/minimize';
import minus from 'virtual:tabler/minus';
import moon from 'virtual:tabler/moon';
import pin from 'virtual:tabler/pin';
import pinnedOff from 'virtual:tabler/pinned-off';
import playerPause from 'virtual:tabler/player-pause';
import playerPlay from 'virtual:tabler/player-play';
import playerTrackNext from 'virtual:tabler/player-track-next';
import playerTrackPrev from 'virtual:tabler/player-track-prev';
import plug from 'virtual:tabler/plug';
import plus from 'virtual:tabler/plus';
import radar2 from 'virtual:tabler/radar-2';
import route from 'virtual:tabler/route';
import scale from 'virtual:tabler/scale';
import search from 'virtual:tabler/search';
import share2 from 'virtual:tabler/share-2';
import sitemap from 'virtual:tabler/sitemap';
import sun from 'virtual:tabler/sun';
import table from 'virtual:tabler/table';
import target from 'virtual:tabler/target';
import upload from 'virtual:tabler/upload';
import user from 'virtual:tabler/user';
import users from 'virtual:tabler/users';
import x from 'virtual:tabler/x';
import type { ReactElement, SVGProps } from 'react';

/** Icons are decoration: the button or text beside an icon names it for a screen reader. */
interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'stroke'> {
  /** Width and height in pixels. Default 24. */
  readonly size?: number;
  /** Default 2. */
  readonly stroke?: number;
}

export type Icon = (props: IconProps) => ReactElement;

/** @param paths the icon's outlines, drawn in the current text color */
export function makeIcon(paths: readonly string[]): Icon {
  return ({ size = 24, stroke = 2, ...rest }) => (
    <svg
      width={size}
      height={size}
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
    >
      {paths.map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}

export const IconAlertTriangle = makeIcon(alertTriangle);
export const IconArrowBackUp = makeIcon(arrowBackUp);
export const IconArrowForwardUp = makeIcon(arrowForwardUp);
export const IconArrowsUpDown = makeIcon(arrowsUpDown);
export const IconBuilding = makeIcon(building);
export const IconCertificate = makeIcon(certificate);
export const IconCheck = makeIcon(check);
export const IconChecklist = makeIcon(checklist);
export const IconChevronDown = makeIcon(chevronDown);
export const IconChevronRight = makeIcon(chevronRight);
export const IconChevronUp = makeIcon(chevronUp);
export const IconCircleArrowDown = makeIcon(circleArrowDown);
export const IconCircleCheck = makeIcon(circleCheck);
export const IconCircleDashed = makeIcon(circleDashed);
export const IconCircleX = makeIcon(circleX);
export const IconClipboardCheck = makeIcon(clipboardCheck);
export const IconClock = makeIcon(clock);
export const IconCopy = makeIcon(copy);
export const IconCpu = makeIcon(cpu);
export const IconDots = makeIcon(dots);
export const IconDownload = makeIcon(download);
export const IconEye = makeIcon(eye);
export const IconEyeOff = makeIcon(eyeOff);
export const IconFile = makeIcon(file);
export const IconFileAlert = makeIcon(fileAlert);
export const IconFileText = makeIcon(fileText);
export const IconFilter = makeIcon(filter);
export const IconFlask = makeIcon(flask);
export const IconGift = makeIcon(gift);
export const IconHelpCircle = makeIcon(helpCircle);
export const IconHistory = makeIcon(history);
export const IconInfoCircle = makeIcon(infoCircle);
export const IconLayoutSidebarRight = makeIcon(layoutSidebarRight);
export const IconMaximize = makeIcon(maximize);
export const IconMessage = makeIcon(message);
export const IconMinimize = makeIcon(minimize);
export const IconMinus = makeIcon(minus);
export const IconMoon = makeIcon(moon);
export const IconPin = makeIcon(pin);
export const IconPinnedOff = makeIcon(pinnedOff);
export const IconPlayerPause = makeIcon(playerPause);
export const IconPlayerPlay = makeIcon(playerPlay);
export const IconPlayerTrackNext = makeIcon(playerTrackNext);
export const IconPlayerTrackPrev = makeIcon(playerTrackPrev);
export const IconPlug = makeIcon(plug);
export const IconPlus = makeIcon(plus);
export const IconRadar2 = makeIcon(radar2);
export const IconRoute = makeIcon(route);
export const IconScale = makeIcon(scale);
export const IconSearch = makeIcon(search);
export const IconShare2 = makeIcon(share2);
export const IconSitemap = makeIcon(sitemap);
export const IconSun = makeIcon(sun);
export const IconTable = makeIcon(table);
export const IconTarget = makeIcon(target);
export const IconUpload = makeIcon(upload);
export const IconUser = makeIcon(user);
export const IconUsers = makeIcon(users);
export const IconX = makeIcon(x);
