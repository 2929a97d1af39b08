import type { en } from "./en.ts";
import { apiKeys } from "./fr/api-keys.ts";
import { audit } from "./fr/audit.ts";
import { broadcast } from "./fr/broadcast.ts";
import { conversations } from "./fr/conversations.ts";
import { design } from "./fr/design.ts";
import { embed } from "./fr/embed.ts";
import { members } from "./fr/members.ts";
import { moderation } from "./fr/moderation.ts";
import { operators } from "./fr/operators.ts";
import { overview } from "./fr/overview.ts";
import { rooms } from "./fr/rooms.ts";
import { rules } from "./fr/rules.ts";
import { settings } from "./fr/settings.ts";
import { shell } from "./fr/shell.ts";
import { texts } from "./fr/texts.ts";
import { turn } from "./fr/turn.ts";
import { webhooks } from "./fr/webhooks.ts";

// Le vouvoiement partout ; espaces fines insécables devant les signes doubles.
export const fr: Record<keyof typeof en, string> = {
  ...apiKeys,
  ...audit,
  ...broadcast,
  ...conversations,
  ...design,
  ...embed,
  ...members,
  ...moderation,
  ...operators,
  ...overview,
  ...rooms,
  ...rules,
  ...settings,
  ...shell,
  ...texts,
  ...turn,
  ...webhooks,
};
