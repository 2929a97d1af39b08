import { apiKeys } from "./en/api-keys.ts";
import { audit } from "./en/audit.ts";
import { broadcast } from "./en/broadcast.ts";
import { conversations } from "./en/conversations.ts";
import { design } from "./en/design.ts";
import { embed } from "./en/embed.ts";
import { members } from "./en/members.ts";
import { moderation } from "./en/moderation.ts";
import { operators } from "./en/operators.ts";
import { overview } from "./en/overview.ts";
import { rooms } from "./en/rooms.ts";
import { rules } from "./en/rules.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { texts } from "./en/texts.ts";
import { turn } from "./en/turn.ts";
import { webhooks } from "./en/webhooks.ts";

export const en = {
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
