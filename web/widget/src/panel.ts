// What one sees once something is open. Until then nobody has to fetch it.
import "./conversations/conversation.ts";
import "./conversations/list.ts";
import "./members/people.ts";
import "./members/settings.ts";
import "./sign-in/sign-in.ts";

export { Members } from "./members/members.ts";
