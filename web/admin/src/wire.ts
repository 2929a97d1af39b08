// What the back-office's API answers and takes, under the names that the screens use. The shapes are those of the
// server's own description; what stands here is only what says more than it does.
import type { components } from "../../client/src/generated/api.d.ts";
import type { Schemas } from "../../client/src/wire.ts";

/** What is sent to the server may leave out what the server fills in. */
type Forms = components["schemas"];

export interface List<T> {
  items: T[];
  next: string | null;
}

export type OperatorRole = Schemas["OperatorRole"];
export type SiteName = Schemas["SiteName"];
/** Of colleagues, agents know the names alone. */
export type Operator = Schemas["Colleague"] & Partial<Schemas["ColleagueDetails"]>;
export type Self = Schemas["OperatorView"];
export type OperatorSession = Schemas["OperatorSession"];
export type SiteInfo = Schemas["SiteInfo"];
export type Member = Schemas["MemberCard"];
export type Features = Schemas["Features"];
export type FeatureName = keyof Features;

export type SanctionKind = Schemas["SanctionKind"];
export type GridMember = Omit<Schemas["GridMember"], "sanctions"> & { sanctions: SanctionKind[] };
/** What the grid, its views and broadcasts filter by. */
export type FilterForm = {
  [Name in keyof Forms["FilterForm"]]: NonNullable<Forms["FilterForm"][Name]>;
};
export type View = Omit<Schemas["View"], "filter"> & { filter: FilterForm };
export type Population = Schemas["Population"] & { count?: number };
export type Facets = Schemas["Facets"];
export type Audience =
  | { members: string[] }
  | { view: string }
  | { filter: FilterForm }
  | { follow_up: string };
export type BulkDo = Schemas["Deed"];
export type ImportReport = Schemas["Imported"];

export type Message = Schemas["MessageView"];
export type Inbox = Schemas["OrganizerView"];
export type Note = Schemas["Note"];
export type CannedAnswer = Schemas["CannedAnswer"];

export type LeftOut = Schemas["LeftOut"];
export type AudienceCount = Schemas["BroadcastPreview"];
export type BroadcastState = Schemas["State"];
export type Broadcast = Schemas["Broadcast"];
export type Recipient = Schemas["Recipient"];

export type Right = Schemas["RightName"];
export type RuleTo = Schemas["To"];
export type Rule = Schemas["ContactRule"];
export type Explanation = Schemas["Explanation"];
export type Explained = Schemas["Explained"];
export type RulesPreview = Schemas["RulesPreview"];

export type Switches = Schemas["ContentSwitches"];
export type ContentPolicy = Forms["ContentPolicy"];
export type TextFilter = Schemas["TextFilter"];
export type Settings = Omit<Schemas["Settings"], "content_policy"> & {
  content_policy: ContentPolicy;
};

export type Theme = Schemas["Theme"];

export type Room = Omit<Schemas["RoomView"], "content_policy"> & {
  content_policy: ContentPolicy | null;
};
export type OpeningHours = Schemas["OpeningHours"];
export type Held = Schemas["Held"];
export type Report = Schemas["Report"];
export type Sanction = Schemas["Sanction"];

/** The key itself is told once, when it is made. */
export type ApiKey = Schemas["ApiKey"] & { key?: string };
export type Webhook = Schemas["Webhook"];
export type WebhookEvent = Webhook["events"][number];
export type Delivery = Schemas["Delivery"];
export type AuditEntry = Schemas["AuditEntry"];
export type TextItem = Schemas["TextView"];
export type Overview = Schemas["Overview"];
export type Network = Schemas["Network"];
export type OwnSession = Schemas["OwnSession"];
