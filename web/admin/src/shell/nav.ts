import type { Key } from "../i18n/i18n.ts";
import type { OperatorRole } from "../wire.ts";
import type { IconName } from "./icons.ts";

export interface Section {
  name: string;
  label: Key;
  icon: IconName;
  role: OperatorRole;
  /** The element that shows it. */
  tag: string;
  load: () => Promise<unknown>;
}
export interface Group {
  label: Key | null;
  sections: Section[];
}

const section = (
  name: string,
  icon: IconName,
  role: OperatorRole,
  load: () => Promise<unknown>,
): Section => ({ name, label: `nav.${name}` as Key, icon, role, tag: `admin-${name}`, load });

/** What there is, in the order in which people meet it. */
export const GROUPS: Group[] = [
  {
    label: null,
    sections: [
      section("overview", "overview", "agent", () => import("../overview/overview.ts")),
      section("members", "people", "agent", () => import("../members/members.ts")),
      section("broadcasts", "broadcast", "agent", () => import("../broadcast/broadcasts.ts")),
      section("messages", "inbox", "agent", () => import("../conversations/inbox.ts")),
    ],
  },
  {
    label: "nav.community",
    sections: [
      section("rules", "rules", "admin", () => import("../rules/rules.ts")),
      section("rooms", "rooms", "admin", () => import("../rooms/rooms.ts")),
      section("moderation", "shield", "agent", () => import("../moderation/moderation.ts")),
    ],
  },
  {
    label: "nav.website",
    sections: [
      section("texts", "texts", "admin", () => import("../texts/texts.ts")),
      section("design", "design", "admin", () => import("../design/design.ts")),
      section("embed", "embed", "admin", () => import("../embed/embed.ts")),
      section("settings", "settings", "admin", () => import("../settings/settings.ts")),
    ],
  },
  {
    label: "nav.team",
    sections: [
      section("operators", "team", "agent", () => import("../operators/operators.ts")),
      section("api-keys", "key", "admin", () => import("../api-keys/api-keys.ts")),
      section("webhooks", "hook", "admin", () => import("../webhooks/webhooks.ts")),
      section("audit", "audit", "admin", () => import("../audit/audit.ts")),
    ],
  },
];

/** Not in the menu: one's own page stands behind one's name. */
export const PROFILE = section(
  "profile",
  "profile",
  "agent",
  () => import("../operators/profile.ts"),
);

export const SECTIONS: Section[] = [...GROUPS.flatMap((group) => group.sections), PROFILE];
