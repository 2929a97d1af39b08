import { badgeStyles } from "../../../../ui/src/badge/badge.styles.ts";
import { buttonStyles } from "../../../../ui/src/button/button.styles.ts";
import { fieldStyles } from "../../../../ui/src/field/field.styles.ts";
import { switchStyles } from "../../../../ui/src/switch/switch.styles.ts";
import { base, tokens } from "../../../../ui/src/theme/tokens.ts";
import { bits } from "./bits.ts";
import { chat } from "./chat.ts";
import { forms } from "./forms.ts";
import { frame } from "./frame.ts";
import { grid } from "./grid.ts";
import { overlays } from "./overlays.ts";
import { page } from "./page.ts";
import { pictures } from "./pictures.ts";

/** One language of forms with the widget, and what the back-office adds. */
export const styles = [
  tokens,
  base,
  buttonStyles,
  fieldStyles,
  badgeStyles,
  switchStyles,
  frame,
  page,
  bits,
  forms,
  grid,
  overlays,
  chat,
  pictures,
];
