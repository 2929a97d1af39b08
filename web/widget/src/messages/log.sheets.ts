import { buttonStyles } from "#ui/button/button.styles.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { badgesStyles } from "../face.ts";
import { noticeStyles } from "../notice.ts";
import { foldedStyles } from "./folded.styles.ts";
import { latestStyles } from "./latest.styles.ts";
import { logStyles } from "./log.styles.ts";
import { systemStyles } from "./system.styles.ts";

/** All that the log is drawn with. */
export const logSheets = [
  base,
  iconStyles,
  buttonStyles,
  skeletonStyles,
  noticeStyles,
  badgesStyles,
  logStyles,
  latestStyles,
  systemStyles,
  foldedStyles,
];
